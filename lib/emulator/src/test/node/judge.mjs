// Runs the vendor's own client, retries off, against the emulator; prints one JSON object for VendorClientTest.
import { OpenRouter } from "@openrouter/sdk";

const [serverURL] = process.argv.slice(2);
const client = new OpenRouter({ apiKey: "sk-vendor", serverURL, retryConfig: { strategy: "none" } });
const small = { model: "openai/gpt-image-1-mini", prompt: "a lighthouse at dawn", size: "48x32" };

const generate = (request, options) => client.images.generate({ imageGenerationRequest: { ...small, ...request } }, options);

async function streamed(request, options) {
  const events = [];
  for await (const event of await generate({ ...request, stream: true }, options)) {
    events.push(event);
  }
  return events.map(({ type, mediaType, partialImageIndex, usage, error, phase, b64Json }) =>
    ({ type, mediaType, partialImageIndex, usage, error, phase, image: b64Json?.length }));
}

// An UNKNOWN anywhere is a schema complaint which the client swallowed.
function unknowns(value) {
  if (value === null || typeof value !== "object") return value === "UNKNOWN" ? 1 : 0;
  return Object.values(value).reduce((sum, item) => sum + unknowns(item), 0);
}

async function attempt(action) {
  try {
    const value = await action();
    return { ok: true, unknown: unknowns(value), value };
  } catch (error) {
    return { ok: false, error: error.constructor.name, status: error.statusCode, message: String(error.message).slice(0, 200) };
  }
}

const faults = [
  "bad-request", "unauthorized", "credits", "in-flight-budget", "forbidden", "moderation", "not-found", "too-large",
  "rate-limit", "rate-limit-date", "rate-limit-millis", "rate-limit-upstream", "rate-limit-silent", "server-error",
  "provider-error", "edge-timeout", "overloaded", "unavailable", "capacity", "validation", "html-bad-gateway",
];

const results = {
  buffered: await attempt(() => generate({ seed: 7, n: 2 })),
  jpeg: await attempt(() => generate({ outputFormat: "jpeg", outputCompression: 50 })),
  flux: await attempt(() => generate({ model: "black-forest-labs/flux.2-klein-4b", size: undefined, stream: true })),
  stream: await attempt(() => streamed({})),
  twoStreamed: await attempt(() => streamed({ n: 2 })),
  svg: await attempt(() => streamed({ model: "recraft/recraft-v4.1-vector", size: undefined })),
  reference: await attempt(() => generate({
    inputReferences: [{ type: "image_url", imageUrl: { url: "https://example.org/a.png" } }] })),
  errorEvent: await attempt(() => streamed({}, { headers: { "X-Emulator-Fault": "error-event" } })),
  models: await attempt(() => client.images.listModels()),
  badKey: await attempt(() => new OpenRouter({ apiKey: "nonsense", serverURL, retryConfig: { strategy: "none" } })
    .images.generate({ imageGenerationRequest: small })),
  faults: {},
  endpoints: {},
};
for (const fault of faults) {
  results.faults[fault] = await attempt(() => generate({}, { headers: { "X-Emulator-Fault": fault } }));
}
for (const model of results.models.value?.data ?? []) {
  const [author, slug] = model.id.split("/");
  results.endpoints[model.id] = await attempt(() => client.images.listModelEndpoints({ author, slug }));
}
results.unknownEndpoints = await attempt(() => client.images.listModelEndpoints({ author: "nobody", slug: "nothing" }));
const made = await fetch(`${serverURL}/images`, {
  method: "POST", headers: { Authorization: "Bearer sk-vendor" }, body: JSON.stringify(small) });
await made.text();
results.generation = await attempt(() => client.generations.getGeneration({ id: made.headers.get("X-Generation-Id") }));
console.log(JSON.stringify(results, (key, value) => (key === "b64Json" ? value.length : value)));
