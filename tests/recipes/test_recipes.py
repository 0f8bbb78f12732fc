from tests.recipes import test_classroom, test_gpu_team, test_regulated
from tests.recipes.recipes import RECIPES


def test_there_are_three_and_each_is_tested() -> None:
    tested = (test_classroom.TestClassroom, test_gpu_team.TestGpuTeam, test_regulated.TestRegulated)

    assert sorted(one.recipe for one in tested) == sorted(RECIPES) == ["classroom", "gpu-team", "regulated"]
