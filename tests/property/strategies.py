"""Strategies for every value that the constructs take, valid and not."""

from __future__ import annotations

from aws_cdk import Duration, Size
from hypothesis import strategies as st

from constructs_lib import CodeEditor, IdleShutdown, InstanceType, JupyterLab, SpaceStorage, StudioImage

LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"

names = st.from_regex(r"[a-zA-Z0-9](-{0,2}[a-zA-Z0-9]){0,20}", fullmatch=True)
bad_names = st.one_of(
    st.from_regex(r"-[a-z]{0,5}", fullmatch=True),
    st.from_regex(r"[a-z]{1,5}-", fullmatch=True),
    st.from_regex(r"[a-z]{64,70}", fullmatch=True),
    st.from_regex(r"[a-z]{0,3}[_. @é/][a-z]{0,3}", fullmatch=True),
    st.just(""),
)

minutes = st.integers(60, 525_600)
bad_minutes = st.one_of(st.integers(0, 59), st.integers(525_601, 10_000_000))

gibibytes = st.integers(5, 16_384)
bad_gibibytes = st.one_of(st.integers(0, 4), st.integers(16_385, 1_000_000))

machines = st.sampled_from([one for one in InstanceType.known() if one.runs_spaces])
own_images = st.sampled_from(
    [
        StudioImage.from_image_arn("arn:aws:sagemaker:eu-west-1:123456789012:image/team.image-1"),
        StudioImage.from_image_version_arn("arn:aws-cn:sagemaker:cn-north-1:123456789012:image-version/team/12"),
    ]
)


@st.composite
def idle_shutdowns(draw: st.DrawFn) -> IdleShutdown:
    """Any time with any bounds around it, or none."""
    if draw(st.booleans()):
        return IdleShutdown.disabled()
    low, middle, high = sorted(draw(st.tuples(minutes, minutes, minutes)))
    return IdleShutdown.after(
        Duration.minutes(middle),
        minimum=draw(st.none() | st.just(Duration.minutes(low))),
        maximum=draw(st.none() | st.just(Duration.minutes(high))),
    )


@st.composite
def storages(draw: st.DrawFn) -> SpaceStorage:
    """Any two sizes in order."""
    low, high = sorted(draw(st.tuples(gibibytes, gibibytes)))
    return SpaceStorage(default=Size.gibibytes(low), maximum=Size.gibibytes(high))


@st.composite
def images_for(draw: st.DrawFn, machine: InstanceType) -> StudioImage:
    """Any image that runs on the machine."""
    fitting = StudioImage.distribution_gpu() if machine.is_gpu else StudioImage.distribution_cpu()
    return draw(own_images | st.just(fitting))


repositories = st.lists(
    st.from_regex(r"https://[a-z]{3,10}\.com(/[a-zA-Z0-9._-]{1,10}){1,4}/?", fullmatch=True), max_size=10
)


@st.composite
def jupyter_labs(draw: st.DrawFn, idle: st.SearchStrategy[IdleShutdown]) -> JupyterLab:
    """JupyterLab with any settings."""
    machine = draw(machines)
    return JupyterLab(
        instance_type=machine,
        image=draw(st.none() | images_for(machine)),
        idle_shutdown=draw(st.none() | idle),
        code_repositories=draw(st.none() | repositories),
    )


@st.composite
def code_editors(draw: st.DrawFn, idle: st.SearchStrategy[IdleShutdown]) -> CodeEditor:
    """Code Editor with any settings."""
    machine = draw(machines)
    return CodeEditor(
        instance_type=machine,
        image=draw(st.none() | images_for(machine)),
        idle_shutdown=draw(st.none() | idle),
    )


times = minutes.map(lambda count: IdleShutdown.after(Duration.minutes(count)))
