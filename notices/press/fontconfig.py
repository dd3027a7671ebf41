"""Where the renderer finds its faces: ours, and those an office owns.

Must not know any paper. Fontconfig reads FONTCONFIG_FILE when it starts, so
`configure` is called before the first page is laid out.
"""

import os
from pathlib import Path

from django.conf import settings

FONTS = Path(__file__).parent.parent / "fonts"

# Faces the standard asks for win when the office has a licence and drops them in.
LICENSED = {
    "GW BiaoSong": ("FZXiaoBiaoSong-B05S", "方正小标宋简体", "方正小标宋_GBK"),
    "GW FangSong": ("FangSong_GB2312", "仿宋_GB2312", "FangSong"),
    "GW Hei": ("SimHei", "黑体"),
    "GW Kai": ("KaiTi_GB2312", "楷体_GB2312", "KaiTi"),
    "GW Song": ("SimSun", "宋体"),
}


def configure() -> Path:
    """Write the configuration, point fontconfig at it, return where it is.

    Effects: var/fontconfig/fonts.conf, the environment of this process.
    """
    folder = settings.VAR_DIR / "fontconfig"
    own = settings.VAR_DIR / "fonts"
    for needed in (folder / "cache", own):
        needed.mkdir(parents=True, exist_ok=True)
    path: Path = folder / "fonts.conf"
    _write(path, _filled(folder / "cache", own))
    os.environ["FONTCONFIG_FILE"] = str(path)
    return path


def _filled(cache: Path, own: Path) -> str:
    text = (FONTS / "fonts.conf.in").read_text(encoding="utf-8")
    rules = "\n".join(_rule(ours, theirs) for ours, theirs in LICENSED.items())
    for mark, value in (
        ("@FONTS@", str(FONTS)),
        ("@OWN@", str(own)),
        ("@CACHE@", str(cache)),
        ("@RULES@", rules),
    ):
        text = text.replace(mark, value)
    return text


def _rule(ours: str, theirs: tuple[str, ...]) -> str:
    names = "".join(f"<string>{name}</string>" for name in theirs)
    return (
        f'  <match target="pattern"><test name="family"><string>{ours}</string></test>'
        f'<edit name="family" mode="prepend" binding="strong">{names}</edit></match>'
    )


def _write(path: Path, text: str) -> None:
    # Several workers start at once: each writes its own file, the last rename wins.
    draft = path.with_suffix(f".{os.getpid()}")
    draft.write_text(text, encoding="utf-8")
    draft.replace(path)
