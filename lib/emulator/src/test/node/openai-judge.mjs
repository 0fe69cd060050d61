// Runs OpenAI's own client, retries off, against the emulator; prints one JSON object for OpenAiClientTest.
import OpenAI, { toFile } from "openai";

const [baseURL, arkURL, miniMaxURL] = process.argv.slice(2);
const at = (url) => new OpenAI({ apiKey: "sk-vendor", baseURL: url, maxRetries: 0 });
const client = at(baseURL);
const small = { model: "darkroom-studio", prompt: "a lighthouse at dawn", size: "512x512" };
const fault = (name) => ({ headers: { "X-Emulator-Fault": name } });

async function attempt(action) {
  try {
    return { ok: true, value: await action() };
  } catch (error) {
    const { status, code, type, param, requestID } = error;
    return { ok: false, error: error.constructor.name, status, code, type, param, requestID, message: error.message };
  }
}

async function events(stream) {
  const seen = [];
  for await (const event of stream) seen.push({ ...event, b64_json: event.b64_json?.length });
  return seen;
}

const picture = Buffer.from((await client.images.generate(small)).data[0].b64_json, "base64");
const file = (name) => toFile(picture, name, { type: "image/png" });
const mask = Buffer.from(
  (await client.images.generate({ ...small, background: "transparent" })).data[0].b64_json, "base64");

const results = {
  generate: await attempt(() => client.images.generate({ ...small, n: 2, quality: "low", output_format: "webp" })),
  generateStreamed: await attempt(async () =>
    events(await client.images.generate({ ...small, stream: true, partial_images: 2 }))),
  twoStreamed: await attempt(async () =>
    events(await client.images.generate({ ...small, stream: true, partial_images: 1, n: 2 }))),
  edit: await attempt(async () => client.images.edit({ ...small, image: await file("room.png") })),
  editSeveral: await attempt(async () =>
    client.images.edit({ ...small, image: [await file("a.png"), await file("b.png")], n: 2 })),
  editMasked: await attempt(async () =>
    client.images.edit({
      ...small, image: await file("a.png"), mask: await toFile(mask, "mask.png", { type: "image/png" }) })),
  gif: await attempt(() =>
    client.images.generate({ ...small, output_format: "gif", frame_count: 3, frame_duration_ms: 100, complexity: "low" })),
  svg: await attempt(() =>
    client.images.generate({ ...small, output_format: "svg", svg: { model: "gpt-6-sol", reasoning: { effort: "low" } } })),
  editSvg: await attempt(async () =>
    client.images.edit({
      ...small, image: await file("a.png"), output_format: "svg", svg: { model: "gpt-6-sol" }, safety_identifier: "u1" })),
  editMarkup: await attempt(async () =>
    client.images.edit({
      ...small, image: await file("a.png"), markup: await toFile(mask, "m.png", { type: "image/png" }) })),
  gifStreamed: await attempt(() => client.images.generate({ ...small, output_format: "gif", stream: true })),
  editMarkupMasked: await attempt(async () =>
    client.images.edit({
      ...small, image: await file("a.png"), markup: await toFile(mask, "m.png", { type: "image/png" }),
      mask: await toFile(mask, "mask.png", { type: "image/png" }) })),
  editStreamed: await attempt(async () =>
    events(await client.images.edit({ ...small, image: await file("a.png"), stream: true, partial_images: 1 }))),
  editSeveralStreamed: await attempt(async () =>
    events(await client.images.edit({
      ...small, image: [await file("a.png"), await file("b.png")], n: 2, stream: true, partial_images: 1 }))),
  editMaskedStreamed: await attempt(async () =>
    events(await client.images.edit({
      ...small, image: await file("a.png"), mask: await toFile(mask, "mask.png", { type: "image/png" }), stream: true }))),
  models: await attempt(async () => (await client.models.list()).data),
  model: await attempt(() => client.models.retrieve("gpt-image-2")),
  noModel: await attempt(() => client.models.retrieve("dall-e-3")),
  badRequest: await attempt(() => client.images.generate({ ...small, seed: 7 })),
  badKey: await attempt(() => new OpenAI({ apiKey: "nonsense", baseURL, maxRetries: 0 }).images.generate(small)),
  moderation: await attempt(() => client.images.generate({ ...small, prompt: "gore" })),
  rateLimit: await attempt(() => client.images.generate(small, fault("rate-limit"))),
  spentQuota: await attempt(() => client.images.generate(small, fault("spent-quota"))),
  forbidden: await attempt(() => client.images.generate(small, fault("forbidden"))),
  serverError: await attempt(() => client.images.generate(small, fault("server-error"))),
  conflicting: await attempt(() => client.images.generate({ ...small, partial_images: 2 })),
  editWrongMask: await attempt(async () =>
    client.images.edit({ ...small, image: await file("a.png"), mask: await file("opaque.png") })),
  editBadKey: await attempt(async () =>
    new OpenAI({ apiKey: "nonsense", baseURL, maxRetries: 0 }).images.edit({ ...small, image: await file("a.png") })),
  editModeration: await attempt(async () =>
    client.images.edit({ ...small, prompt: "gore", image: await file("a.png") })),
  editRateLimit: await attempt(async () =>
    client.images.edit({ ...small, image: await file("a.png") }, fault("rate-limit"))),
  editServerError: await attempt(async () =>
    client.images.edit({ ...small, image: await file("a.png"), stream: true }, fault("server-error"))),
  editErrorEvent: await attempt(async () =>
    events(await client.images.edit(
      { ...small, image: await file("a.png"), stream: true, partial_images: 2 }, fault("error-event; after=1")))),
  errorEvent: await attempt(async () =>
    events(await client.images.generate({ ...small, stream: true, partial_images: 2 }, fault("error-event; after=1")))),
  ark: await attempt(() =>
    at(arkURL).images.generate({ model: "seedream-4-5-251128", prompt: "a fox", size: "2K", response_format: "url" })),
  miniMax: await attempt(() => at(miniMaxURL).images.generate({ model: "MiniMax-H3-Image", prompt: "a fox" })),
  miniMaxEdit: await attempt(async () =>
    at(miniMaxURL).images.edit({ model: "MiniMax-H3-Image", prompt: "a fox", image: await file("a.png") })),
  retried: await attempt(() =>
    new OpenAI({ apiKey: "sk-vendor", baseURL, maxRetries: 1 })
      .images.generate({ ...small, prompt: "once more" }, fault("rate-limit-millis; retry-after=0.02; times=1"))),
};
console.log(JSON.stringify(results, (key, value) => (key === "b64_json" && value?.length ? value.length : value)));
