#!/usr/bin/env python3
"""Fails where a text of the program has no finished translation, or a translation has lost its text.

check_translations.py LUPDATE TREE
"""
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET

PLACE = re.compile(r"%L?n|%[0-9]|\{[a-z]+\}")


def faults(ts_text):
    """Yields what is wrong with the messages of one .ts file."""
    for context in ET.fromstring(ts_text).findall("context"):
        name = context.findtext("name")
        for message in context.findall("message"):
            source = message.findtext("source")
            translation = message.find("translation")
            where = f"{name}: {source!r}"
            kind = translation.get("type")
            if kind:
                yield f"{where} is {kind}"
                continue
            forms = [f.text or "" for f in translation.findall("numerusform")] or [translation.text or ""]
            if not all(forms):
                yield f"{where} is empty"
            for form in forms:
                if set(PLACE.findall(form)) != set(PLACE.findall(source)):
                    yield f"{where} has other place holders: {form!r}"


def self_test():
    def ts(body):
        return f"<TS><context><name>C</name><message><source>a %1</source>{body}</message></context></TS>"

    assert list(faults(ts('<translation type="unfinished"/>')))
    assert list(faults(ts('<translation type="vanished">b %1</translation>')))
    assert list(faults(ts("<translation></translation>")))
    assert list(faults(ts("<translation>b</translation>")))
    assert not list(faults(ts("<translation>b %1</translation>")))


def main():
    lupdate, tree = sys.argv[1], pathlib.Path(sys.argv[2])
    self_test()
    failed = 0
    with tempfile.TemporaryDirectory() as work:
        for language, extra in (("ko", []), ("en", ["-pluralonly"])):
            fresh = pathlib.Path(work) / f"portolan_{language}.ts"
            shutil.copy(tree / "translations" / fresh.name, fresh)
            subprocess.run(
                [lupdate, "-silent", "-I", str(tree), *extra, "-locations", "none", "-extensions", "cpp,h",
                 str(tree / "ui"), str(tree / "app" / "gui"), "-ts", str(fresh)],
                check=True, capture_output=True)
            for fault in faults(fresh.read_text(encoding="utf-8")):
                print(f"{language}: {fault}")
                failed += 1
    print(f"{failed} texts without a good translation")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
