// Prints, by resource type, the properties that the documentation of CloudFormation replaces a resource for.
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const database = require("@aws-cdk/aws-service-spec").loadAwsServiceSpecSync();

function* replacing(properties, prefix, around) {
  for (const [name, property] of Object.entries(properties)) {
    if (property.causesReplacement === "yes") {
      yield prefix + name;
      continue;
    }
    for (const [, id] of JSON.stringify(property.type).matchAll(/"\$ref":"([^"]+)"/g)) {
      if (!around.includes(id)) {
        yield* replacing(database.get("typeDefinition", id).properties, `${prefix}${name}.`, [...around, id]);
      }
    }
  }
}

const found = {};
for (const type of process.argv.slice(2)) {
  const [resource] = database.lookup("resource", "cloudFormationType", "equals", type);
  found[type] = [...replacing(resource.properties, "", [])];
}
console.log(JSON.stringify(found));
