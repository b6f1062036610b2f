#!/usr/bin/env python3
"""Fails where an include runs against the one-way flow, or where model reaches a graphical library.

check_includes.py TREE LINKS    LINKS: lines "target: library;library", written when the tree is configured
"""
import pathlib
import re
import sys

BASE = {"base"}
CLUSTER = BASE | {"cluster"}
MAY_INCLUDE = {  # inside model/: what a room may include besides itself
    "base": set(),
    "cluster": BASE,
    "policy": CLUSTER | {"manifest"},
    "graph": CLUSTER | {"policy"},
    "layout": CLUSTER | {"graph"},
    "kube": CLUSTER,
    "docker": CLUSTER,
    "snapshot": CLUSTER,
    "manifest": CLUSTER,
    "flows": CLUSTER | {"kube"},
    "probe": CLUSTER | {"kube"},
    "diagnosis": CLUSTER | {"policy", "probe"},
    "session": CLUSTER | {"policy", "graph", "layout", "kube", "docker", "snapshot", "flows", "probe", "diagnosis"},
}
GRAPHICAL = re.compile(r"Qt6?::?(Gui|Widgets|Charts|Svg|SvgWidgets|OpenGL|PrintSupport)\b")
GRAPHICAL_HEADERS = re.compile(r"^(Qt(Gui|Widgets|Charts|Svg)/|Q(Widget|Application|GuiApplication|Painter\w*|Image|Pixmap|Font\w*|"
                               r"Color|Icon|Brush|Pen|Palette|Svg\w+|Chart\w*|Window|Screen|Style\w*|Layout|Action)$)")
INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^">]+)[">]', re.M)
GRAPHVIZ = re.compile(r"^(graphviz/)?(gvc|cgraph)\.h$")


def include_faults(file, text):
    """Yields what is wrong with the includes of one file; `file` is relative to the tree."""
    room = file.parts[0]
    for header in INCLUDE.findall(text):
        target = pathlib.PurePosixPath(header).parts
        if GRAPHVIZ.match(header) and file.parts[:2] != ("app", "layout") and file.parts[:3] != ("model", "layout", "graphviz"):
            yield f"{file}: includes {header}: Graphviz is for the layout worker alone"
        if room == "model" and GRAPHICAL_HEADERS.match(header):
            yield f"{file}: includes {header}: model is headless"
        if target[0] not in ("app", "ui", "model", "tests"):
            continue
        if room == "model":
            own = file.parts[1]
            if target[0] != "model" or (target[1] != own and target[1] not in MAY_INCLUDE[own]):
                yield f"{file}: includes {header}: runs backwards"
        elif room == "ui" and target[0] not in ("ui", "model"):
            yield f"{file}: includes {header}: runs backwards"
        elif room == "app" and target[0] == "tests":
            yield f"{file}: includes {header}: the program knows no tests"
        elif room == "app" and file.parts[1] != "gui" and target[0] == "ui":
            yield f"{file}: includes {header}: only the window knows ui"


def link_faults(lines):
    for line in lines:
        target, _, libraries = line.partition(":")
        if GRAPHICAL.search(libraries):
            yield f"{target} links {GRAPHICAL.search(libraries).group(0)}: model is headless"


def self_test():
    """Each rule has to be able to fail."""
    path = pathlib.PurePosixPath
    bad = [
        (path("model/cluster/a.cpp"), '#include "model/kube/x.h"'),
        (path("model/base/a.cpp"), '#include "model/cluster/x.h"'),
        (path("model/graph/a.h"), '#include "ui/theme/x.h"'),
        (path("model/layout/a.h"), "#include <QFontMetricsF>"),
        (path("ui/canvas/a.h"), '#include "app/gui/x.h"'),
        (path("ui/canvas/a.h"), '#include <graphviz/gvc.h>'),
        (path("app/ctl/a.cpp"), '#include "ui/theme/x.h"'),
        (path("app/gui/a.cpp"), '#include "tests/fakes/x.h"'),
    ]
    for file, text in bad:
        assert list(include_faults(file, text)), f"not noticed: {file}: {text}"
    assert not list(include_faults(path("ui/canvas/a.h"), '#include "model/graph/x.h"\n#include <QWidget>'))
    assert list(link_faults(["portolan_x: Qt6::Core;Qt6::Widgets"]))
    assert not list(link_faults(["portolan_x: Qt6::Core;portolan_base"]))


def main():
    self_test()
    tree = pathlib.Path(sys.argv[1])
    faults = list(link_faults(pathlib.Path(sys.argv[2]).read_text().splitlines()))
    files = [f for room in ("model", "ui", "app") for f in sorted((tree / room).rglob("*")) if f.suffix in (".h", ".cpp")]
    assert files, f"no sources below {tree}"
    for file in files:
        text = file.read_text()
        faults += include_faults(file.relative_to(tree), text)
        if text.count("\n") > 600:
            faults.append(f"{file.relative_to(tree)}: {text.count(chr(10))} lines; 600 is the end")
    print("\n".join(faults) or f"{len(files)} files keep the house's order")
    sys.exit(bool(faults))


main()
