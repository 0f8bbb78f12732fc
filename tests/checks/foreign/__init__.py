"""Studio set-ups in the manner of those that people publish; none of them uses the constructs of this library."""

from tests.conftest import CONTEXT as CONTEXT  # before aws_cdk, as it says which Node.js runs jsii
