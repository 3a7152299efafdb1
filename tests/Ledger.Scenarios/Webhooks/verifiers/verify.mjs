// Reads what was sent, one JSON a line, and says of each whether both libraries take it.
import { createInterface } from "node:readline";
import { Webhook as Standard } from "standardwebhooks";
import { Webhook as Svix } from "svix";

const takes = (verify) => {
  try {
    verify();
    return true;
  } catch {
    return false;
  }
};

for await (const line of createInterface({ input: process.stdin })) {
  const { secret, body, headers } = JSON.parse(line);
  console.log(JSON.stringify({
    standardwebhooks: takes(() => new Standard(secret).verify(body, headers)),
    svix: takes(() => new Svix(secret).verify(body, headers)),
  }));
}
