"""What holds for every recipe: it runs as it stands, and nothing is found in it but what it says."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import ClassVar

from tests.conftest import ROOT
from tests.policy.test_cfn_lint import REVIEWED, findings
from tests.recipes.conftest import Synthesize
from tests.recipes.recipes import RECIPES, code_of

MAXIMUM_RESOURCES = 500
MAXIMUM_BYTES = 1_000_000
MISSING_LOCK = ("StudioLock::Missing", "")

# What AwsSolutions finds in policies that the library writes, where a recipe says that it does not add the pack.
WILDCARD = re.compile(
    r"AwsSolutions::AwsSolutions-IAM5\[Resource::(\*|arn:<AWS::Partition>:"
    r"(sagemaker:<AWS::Region>:<AWS::AccountId>:((app|space)/[^/]*|image-version/vision-torch)"
    r"|logs:<AWS::Region>:<AWS::AccountId>:log-group:/aws/sagemaker/studio:log-stream:[^/]*)/\*)\]"
)
OF_THE_LIBRARY = {"SpaceUse/Resource", "UserUse/Resource", "Use", "vision-torch/Pull"}

# The CDK lets a function depend on its role, which it refers to anyway.
OF_THE_CDK = {
    ("W3005", "AWS::Lambda::Function", "DependsOn"),
    ("W3005", "AWS::StepFunctions::StateMachine", "DependsOn"),
}


class EveryRecipe:
    """The tests of one recipe, beside those of what it alone promises."""

    recipe: ClassVar[str]

    def test_nothing_is_open_but_the_lock_that_is_yet_to_be_made(
        self, with_flags: bool, synthesize: Synthesize
    ) -> None:
        found = synthesize(self.recipe, with_flags).open_findings

        assert MISSING_LOCK in found
        left = [one for one in found if one != MISSING_LOCK]
        if "It does not add AwsSolutions" not in RECIPES[self.recipe].read_text():
            assert left == []
        for finding, path in left:
            assert WILDCARD.fullmatch(finding), (finding, path)
            assert any(path.endswith(f"/{end}") for end in OF_THE_LIBRARY), (finding, path)

    def test_cfn_lint_finds_nothing_but_what_was_reviewed(self, synthesize: Synthesize) -> None:
        for template in synthesize(self.recipe, True).templates.values():
            assert set(findings(template)) <= REVIEWED | OF_THE_CDK

    def test_stacks_fit_into_cloudformation(self, with_flags: bool, synthesize: Synthesize) -> None:
        made = synthesize(self.recipe, with_flags)

        assert made.templates
        assert all(len(template["Resources"]) <= MAXIMUM_RESOURCES for template in made.templates.values())
        assert all(path.stat().st_size <= MAXIMUM_BYTES for path in made.assembly.glob("*.template.json"))

    def test_the_lock_is_made_as_the_recipe_says(self, synthesize: Synthesize) -> None:
        assembly = synthesize(self.recipe, True).assembly
        (lock,) = re.findall(r'StudioLock\(app, file="(.*?)"\)', code_of(self.recipe))

        subprocess.run(
            [sys.executable, "-m", "constructs_lib.safety.lock", lock],
            cwd=assembly.parent,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            check=True,
            capture_output=True,
        )

        locked = (assembly.parent / lock).read_text()
        assert f"`{lock}`" in RECIPES[self.recipe].read_text()
        assert all(
            one["SpaceName"] in locked for one in synthesize(self.recipe, True).properties("AWS::SageMaker::Space")
        )
