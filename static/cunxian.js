/* Small comforts; every page works without this file. ES2015, no eval, no inline. */
(function () {
  "use strict";
  var $ = function (sel, from) { return (from || document).querySelector(sel); };
  var $$ = function (sel, from) { return Array.prototype.slice.call((from || document).querySelectorAll(sel)); };

  /* 1 keyboard: J K move, Enter opens, X ticks, 1 2 3 decide, / finds, ? helps */
  var at = -1;
  function rows() { return $$("[data-rows] > tr").filter(function (r) { return !r.hidden; }); }
  function go(step) {
    var all = rows();
    if (!all.length) { return; }
    if (all[at]) { all[at].classList.remove("is-at"); }
    at = Math.max(0, Math.min(all.length - 1, at + step));
    all[at].classList.add("is-at");
    var target = $("a, input:not([type=hidden])", all[at]);
    if (target) { target.focus({ preventScroll: true }); }
    all[at].scrollIntoView({ block: "center" });
  }
  function tick() {
    var box = rows()[at] && $("input[type=checkbox]:not(:disabled)", rows()[at]);
    if (box) { box.click(); }
  }
  function decide(kind) {
    var radio = rows()[at] && $("input[type=radio][value=" + kind + "]:not(:disabled)", rows()[at]);
    if (radio) { radio.click(); if (kind !== "pass") { focusReason(radio); } }
  }
  function focusReason(radio) {
    var why = $(".cx-why input[type=text], .cx-why textarea", radio.parentNode);
    if (why) { why.focus(); }
  }
  function find() {
    var box = $("input[type=search]");
    if (box) { box.focus(); box.select(); }
  }
  function help() {
    var panel = $("#keys");
    if (panel) { panel.hidden = !panel.hidden; }
  }
  var KEYS = {
    j: function () { go(1); }, k: function () { go(-1); }, x: tick, "/": find, "?": help,
    "1": function () { decide("pass"); }, "2": function () { decide("return"); }, "3": function () { decide("refuse"); }
  };
  document.addEventListener("keydown", function (event) {
    var where = event.target;
    var typing = /^(TEXTAREA|SELECT)$/.test(where.tagName) ||
      (where.tagName === "INPUT" && !/^(radio|checkbox|button|submit)$/.test(where.type));
    if (event.key === "Escape" && typing) { where.blur(); return; }
    if (typing || event.ctrlKey || event.metaKey || event.altKey) { return; }
    var act = KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (act) { event.preventDefault(); act(); }
  });

  /* 2 verdict counters in the sticky bar */
  function count() {
    $$("[data-count]").forEach(function (place) {
      place.textContent = $$("input[type=radio][value=" + place.getAttribute("data-count") + "]:checked").length;
    });
    $$("[data-ticked]").forEach(function (place) {
      place.textContent = $$("[data-rows] input[type=checkbox]:checked").length;
    });
  }
  document.addEventListener("change", function (event) {
    var it = event.target;
    if (it.type === "radio" || it.type === "checkbox") {
      if (it.hasAttribute("data-all")) {
        $$("[data-rows] input[type=checkbox]:not(:disabled)").forEach(function (box) { box.checked = it.checked; });
      }
      count();
    }
    if (it.type === "file" && /image/.test(it.accept || "")) { shrink(it); }
  });

  /* 3 photos: at most 1600 px before upload (a sheet to be read: as its field says);
     the time of taking stays in the file */
  var SIDE = 1600, ENOUGH = 600000;
  function exif(buffer) {
    var view = new DataView(buffer), pos = 2;
    if (view.byteLength < 4 || view.getUint16(0) !== 0xFFD8) { return null; }
    while (pos + 4 < view.byteLength && view.getUint8(pos) === 0xFF) {
      var size = view.getUint16(pos + 2) + 2;
      if (view.getUint16(pos) === 0xFFE1) { return upright(buffer.slice(pos, pos + size)); }
      if (view.getUint16(pos) === 0xFFDA) { return null; }
      pos += size;
    }
    return null;
  }
  function upright(segment) { /* the canvas already turned the picture: orientation becomes 1 */
    if (!window.CSS || !CSS.supports("image-orientation", "from-image")) { return segment; }
    var view = new DataView(segment), little = view.getUint16(10) === 0x4949;
    var start = 10 + view.getUint32(14, little), tags = view.getUint16(start, little);
    for (var i = 0; i < tags; i += 1) {
      var entry = start + 2 + 12 * i;
      if (view.getUint16(entry, little) === 0x0112) { view.setUint16(entry + 8, 1, little); }
    }
    return segment;
  }
  function smaller(file, side) {
    return new Promise(function (done) {
      if (!/^image\/jpeg$/.test(file.type) || file.size < ENOUGH) { done(file); return; }
      var picture = new Image(), url = URL.createObjectURL(file);
      picture.onerror = function () { done(file); };
      picture.onload = function () {
        var scale = Math.min(1, side / Math.max(picture.naturalWidth, picture.naturalHeight));
        var canvas = document.createElement("canvas");
        canvas.width = Math.round(picture.naturalWidth * scale);
        canvas.height = Math.round(picture.naturalHeight * scale);
        canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
        URL.revokeObjectURL(url);
        canvas.toBlob(function (blob) {
          var reader = new FileReader();
          reader.onload = function () {
            var head = null;
            try { head = exif(reader.result); } catch (error) { head = null; }
            var parts = head ? [blob.slice(0, 2), head, blob.slice(2)] : [blob];
            done(blob.size < file.size ? new File(parts, file.name, { type: "image/jpeg", lastModified: file.lastModified }) : file);
          };
          reader.readAsArrayBuffer(file);
        }, "image/jpeg", 0.8);
      };
      picture.src = url;
    });
  }
  function shrink(input) {
    if (!window.DataTransfer || !input.files.length) { return; }
    var side = Number(input.getAttribute("data-side")) || SIDE;
    Promise.all(Array.prototype.map.call(input.files, function (file) { return smaller(file, side); })).then(function (files) {
      var box;
      try { box = new DataTransfer(); } catch (error) { return; }
      files.forEach(function (file) { box.items.add(file); });
      input.files = box.files;
    });
  }

  /* 4 one submit per press; the server would answer a second one with the same result */
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (form.hasAttribute("data-once")) {
      if (form.getAttribute("data-once") === "sent") { event.preventDefault(); return; }
      form.setAttribute("data-once", "sent");
    }
  });
  window.addEventListener("pageshow", function (event) {
    if (event.persisted) { $$("[data-once]").forEach(function (form) { form.setAttribute("data-once", ""); }); }
  });

  /* 5 what is typed is kept: two seconds after the last key, and when the page is left */
  var desk = $("#desk"), said = $("[data-kept]"), QUIET = 2000, timer = 0;
  function typed() {
    var all = new FormData(desk);
    $$("input[type=file]", desk).forEach(function (input) { all.delete(input.name); });
    all.append("do", "keep");
    return all;
  }
  function keep() {
    timer = 0;
    fetch(location.pathname, { method: "POST", body: typed(), credentials: "same-origin", redirect: "error" })
      .then(function (answer) { if (!answer.ok) { throw answer; } return answer.text(); })
      .then(function (text) { said.textContent = text; })
      .catch(function () { said.textContent = said.getAttribute("data-kept"); });
  }
  function later(event) {
    if (event.target.type === "file") { return; }
    clearTimeout(timer);
    timer = setTimeout(keep, QUIET);
  }
  if (desk && said && window.fetch) {
    desk.addEventListener("input", later);
    desk.addEventListener("change", later);
    desk.addEventListener("submit", function () { clearTimeout(timer); timer = 0; });
    window.addEventListener("pagehide", function () {
      if (timer && navigator.sendBeacon) { clearTimeout(timer); timer = 0; navigator.sendBeacon(location.pathname, typed()); }
    });
  }

  var summary = $("[data-module=error-summary]");
  if (summary) { summary.focus(); }
  count();
}());
