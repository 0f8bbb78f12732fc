// Tells which resources the diff of the CDK takes for destroyed: for a list of [old, new] templates on stdin, a list of
// {logical id: impact} on stdout.
import { text } from "node:stream/consumers";

import { fullDiff } from "@aws-cdk/cloudformation-diff";

const DESTRUCTIVE = ["WILL_REPLACE", "MAY_REPLACE", "WILL_DESTROY", "WILL_ORPHAN"];

const destroyed = ([before, after]) => {
  const found = {};
  fullDiff(before, after).resources.forEachDifference((logicalId, change) => {
    if (DESTRUCTIVE.includes(change.changeImpact)) found[logicalId] = change.changeImpact;
  });
  return found;
};

process.stdout.write(JSON.stringify(JSON.parse(await text(process.stdin)).map(destroyed)));
