// Runs a public mock server for AimockTest. Prints where it listens, and ends when its standard input does.
import { LLMock } from "@copilotkit/aimock";

const png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
const image = { b64Json: png };
const refuse = (status, type, code, retryAfter) =>
  ({ status, error: { message: "said the mock", type, code }, ...(retryAfter === undefined ? {} : { retryAfter }) });
const fixture = (prompt, response, match = {}) =>
  mock.addFixture({ match: { userMessage: prompt, endpoint: "image", ...match }, response });

const mock = new LLMock({ port: 0, logLevel: "silent" });
fixture("one", { image });
fixture("three", { images: [image, image, image] });
fixture("nothing", { images: [] });
fixture("busy", refuse(429, "requests", "rate_limit_exceeded"), { sequenceIndex: 0 });
fixture("busy", { image }, { sequenceIndex: 1 });
fixture("much later", refuse(429, "requests", "rate_limit_exceeded", 3600));
fixture("spent", refuse(429, "insufficient_quota", "insufficient_quota"));
fixture("offending", refuse(400, "image_generation_user_error", "moderation_blocked"));
fixture("wrong key", refuse(401, "invalid_request_error", "invalid_api_key"));
fixture("failed", refuse(500, "server_error", "image_generation_failed"));
fixture("overloaded", refuse(503, "server_error", null), { sequenceIndex: 0 });
fixture("overloaded", { image }, { sequenceIndex: 1 });

console.log(await mock.start());
process.stdin.resume().on("end", () => process.exit(0));
