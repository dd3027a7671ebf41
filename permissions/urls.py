"""Addresses of log-in, posts, own account and the administrators' pages."""

from django.contrib.auth.views import LogoutView
from django.urls import path

from permissions.middleware import hat_not_required
from permissions.views import account, admin, factor, session

app_name = "permissions"

urlpatterns = [
    path("login/", session.Login.as_view(), name="login"),
    path("login/code/", session.code, name="second_factor"),
    path("logout/", hat_not_required(LogoutView.as_view()), name="logout"),
    path("posts/", session.posts, name="posts"),
    path("density/", session.density, name="density"),
    path("language/", session.language, name="language"),
    path("account/", account.account, name="account"),
    path("account/password/", account.password, name="password"),
    path("account/factor/", factor.factor, name="factor"),
    path("account/factor/end/", factor.end, name="end_factor"),
    path("account/sessions/end/", account.end_sessions, name="end_sessions"),
    path("officers/", admin.officers, name="officers"),
    path("officers/<int:pk>/reset/", admin.reset_password, name="reset_password"),
    path("officers/<int:pk>/close/", admin.close_account, name="close_account"),
    path("officers/<int:pk>/reopen/", admin.reopen_account, name="reopen_account"),
    path("records/", admin.records, name="records"),
    path("appointments/", admin.appointments, name="appointments"),
    path("appointments/new/", admin.new_appointment, name="new_appointment"),
    path("appointments/<int:pk>/end/", admin.end_appointment, name="end_appointment"),
]
