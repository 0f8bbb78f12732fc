"""Whatever the resource schemas limit is refused at synth, at least as strictly as cfn-lint refuses it."""
