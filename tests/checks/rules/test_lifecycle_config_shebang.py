from __future__ import annotations

import base64
from typing import Any

import pytest

from tests.checks.judged import found, resource

PARAMETERS = {"Script": {"Type": "String"}, "Bucket": {"Type": "String"}}
RULE = "LifecycleConfigShebang"


def encoded(script: str, encoding: str = "utf-8") -> str:
    return base64.b64encode(script.encode(encoding)).decode()


def in_lines(text: str) -> str:
    return "\n".join(text[start : start + 20] for start in range(0, len(text), 20))


COMPLIANT = [
    pytest.param(encoded("#!/bin/bash\nset -eu\n"), id="bash"),
    pytest.param(encoded("#!/usr/bin/env python3\nprint('für')\n"), id="Python"),
    pytest.param(encoded("#! /bin/sh\nset -eu\n"), id="a space after the exclamation mark"),
    pytest.param(encoded("#!/bin/bash\nprintf 'done\\r\\n'\n"), id="a carriage return in words"),
    pytest.param(in_lines(encoded("#!/bin/bash\nset -eu\npip list\n")), id="base64 in lines"),
    pytest.param({"Fn::Base64": "#!/bin/bash\nset -eu\n"}, id="encoded by CloudFormation"),
    pytest.param(
        {"Fn::Base64": {"Fn::Sub": "#!/bin/bash\naws s3 sync s3://${Bucket} .\n"}}, id="with a parameter in it"
    ),
    pytest.param({"Fn::Base64": {"Fn::Join": ["\n", ["#!/bin/bash", {"Ref": "AWS::Region"}]]}}, id="in pieces"),
]
NON_COMPLIANT = [
    pytest.param(encoded("set -eu\n"), RULE, id="none"),
    pytest.param(encoded(""), RULE, id="an empty script"),
    pytest.param(encoded("\n#!/bin/bash\n"), RULE, id="in the second line"),
    pytest.param(encoded(" #!/bin/bash\n"), RULE, id="after a space"),
    pytest.param(encoded("#!/bin/bash\n", "utf-8-sig"), RULE, id="after a byte order mark"),
    pytest.param(encoded("# /bin/bash\n"), RULE, id="no exclamation mark"),
    pytest.param(encoded("#!bash\n"), RULE, id="no path"),
    pytest.param(encoded("#!/bin/bash\r\nset -eu\r\n"), RULE, id="the line ends of Windows"),
    pytest.param(encoded("#!/bin/bash\nset -eu\r\n"), RULE, id="one line end of Windows"),
    pytest.param("#!/bin/bash\nset -eu\n", RULE, id="not encoded"),
    pytest.param(encoded("#!/bin/bash\n# für\n", "latin-1"), RULE, id="another encoding"),
    pytest.param(encoded(encoded("#!/bin/bash\n")), RULE, id="encoded twice"),
    pytest.param({"Ref": "Script"}, f"{RULE}[Unresolved]", id="a parameter"),
    pytest.param({"Fn::Base64": {"Ref": "Script"}}, f"{RULE}[Unresolved]", id="a parameter that is encoded"),
    pytest.param({"Fn::Base64": {"Fn::ImportValue": "a:Script"}}, f"{RULE}[Unresolved]", id="an export of no stack"),
    pytest.param(
        {"Fn::If": ["IsTest", encoded("#!/bin/bash\n"), encoded("")]}, f"{RULE}[Unresolved]", id="a condition"
    ),
]


def judged(content: Any) -> set[tuple[str, str, str]]:
    resources = {"Start": resource("StudioLifecycleConfig", StudioLifecycleConfigContent=content)}
    return {one for one in found(resources, Parameters=PARAMETERS) if one[0].startswith(RULE)}


@pytest.mark.parametrize("content", COMPLIANT)
def test_compliant(content: Any) -> None:
    assert judged(content) == set()


@pytest.mark.parametrize(("content", "rule"), NON_COMPLIANT)
def test_non_compliant(content: Any, rule: str) -> None:
    assert judged(content) == {(rule, "Start", "StudioLifecycleConfigContent")}
