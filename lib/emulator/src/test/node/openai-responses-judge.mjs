// Runs OpenAI's own client, retries off, against the emulator's Responses API and Azure; prints one JSON object for
// OpenAiResponsesClientTest.
import OpenAI, { AzureOpenAI, toFile } from "openai";

const [baseURL, azureURL, routerURL, slowURL] = process.argv.slice(2);
const at = (url) => new OpenAI({ apiKey: "sk-vendor", baseURL: url, maxRetries: 0 });
const client = at(baseURL);
const slow = at(slowURL);
const tool = { type: "image_generation", model: "darkroom-studio", size: "512x512" };
const body = { model: "gpt-5", input: "a lighthouse at dawn", tools: [tool] };
const fault = (name) => ({ headers: { "X-Emulator-Fault": name } });

async function attempt(action) {
  try {
    return { ok: true, value: await action() };
  } catch (error) {
    const { status, code, type, param } = error;
    return { ok: false, error: error.constructor.name, status, code, type, param, message: error.message };
  }
}

const seen = (event) => ({
  type: event.type,
  number: event.sequence_number,
  item: event.item?.type,
  status: event.item?.status ?? event.response?.status,
  picture: event.item?.result?.length ?? event.partial_image_b64?.length,
});

async function events(stream) {
  const all = [];
  for await (const event of stream) all.push(seen(event));
  return all;
}

const whole = (response) => ({
  status: response.status,
  text: response.output_text,
  pictures: response.output.filter((item) => item.type === "image_generation_call").map((item) => ({
    status: item.status, picture: item.result?.length, code: item.error?.code, size: item.size })),
  error: response.error?.code,
  incomplete: response.incomplete_details?.reason,
  tokens: response.tool_usage?.image_gen?.total_tokens,
});

async function until(id, status) {
  for (;;) {
    const response = await client.responses.retrieve(id);
    if (response.status === status) return response;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

// The connection is dropped behind the first preview; the rest is read on from there.
async function dropped() {
  const stream = await client.responses.create({
    ...body, background: true, stream: true, tools: [{ ...tool, partial_images: 2 }] });
  const before = [];
  let id;
  for await (const event of stream) {
    id ??= event.response?.id;
    before.push(seen(event));
    if (event.type === "response.image_generation_call.partial_image") break;
  }
  const last = before[before.length - 1].number;
  const after = await events(await client.responses.retrieve(id, { stream: true, starting_after: last }));
  return { before, after };
}

async function helper() {
  const stream = client.responses.stream({ ...body, tools: [{ ...tool, partial_images: 1 }] });
  const all = await events(stream);
  return { all, final: whole(await stream.finalResponse()) };
}

const azure = (options) => new AzureOpenAI({
  endpoint: azureURL, apiVersion: "2025-04-01-preview", apiKey: "sk-vendor", maxRetries: 0, ...options });
const small = { model: "darkroom-studio", prompt: "a lighthouse at dawn", size: "512x512" };
const picture = Buffer.from((await azure().images.generate(small)).data[0].b64_json, "base64");

const results = {
  document: await attempt(async () => whole(await client.responses.create(body))),
  streamed: await attempt(async () =>
    events(await client.responses.create({ ...body, stream: true, tools: [{ ...tool, partial_images: 2 }] }))),
  helper: await attempt(helper),
  background: await attempt(async () => {
    const { id, status } = await client.responses.create({ ...body, background: true });
    return { status, done: whole(await until(id, "completed")) };
  }),
  dropped: await attempt(dropped),
  cancelled: await attempt(async () => {
    const { id } = await slow.responses.create({ ...body, background: true });
    const { status } = await slow.responses.cancel(id);
    return { status, later: (await slow.responses.retrieve(id)).status };
  }),
  cancelledTooLate: await attempt(async () => {
    const { id } = await client.responses.create({ ...body, background: true });
    await until(id, "completed");
    return (await client.responses.cancel(id)).status;
  }),
  synchronous: await attempt(async () => client.responses.cancel((await client.responses.create(body)).id)),
  deleted: await attempt(async () => {
    const { id } = await client.responses.create(body);
    await client.responses.delete(id);
    return client.responses.retrieve(id);
  }),
  goesOn: await attempt(async () => {
    const { id } = await client.responses.create(body);
    const next = await client.responses.create({ ...body, input: "at night", previous_response_id: id });
    return { previous: next.previous_response_id === id, action: next.output.find((item) => item.result).action };
  }),
  itemFailed: await attempt(async () => whole(await client.responses.create(body, fault("image-failed")))),
  allFailed: await attempt(async () => whole(await client.responses.create(body, fault("images-stopped")))),
  incomplete: await attempt(async () => whole(await client.responses.create(body, fault("incomplete")))),
  errorEvent: await attempt(async () =>
    events(await client.responses.create({ ...body, stream: true }, fault("error-event; after=2")))),
  limitEvent: await attempt(async () =>
    events(await client.responses.create({ ...body, stream: true }, fault("rate-limit-event; after=2")))),
  noModel: await attempt(() => client.responses.create({ ...body, model: "nobody" })),
  badTool: await attempt(() => client.responses.create({ ...body, tools: [{ ...tool, quality: "best" }] })),
  moderation: await attempt(() => client.responses.create({ ...body, input: "gore" })),
  rateLimit: await attempt(() => client.responses.create(body, fault("rate-limit"))),
  notThere: await attempt(() => client.responses.retrieve("resp_nothing")),

  azureDeployed: await attempt(() => azure().images.generate({ ...small, n: 2 })),
  azureEdit: await attempt(async () =>
    azure({ deployment: "darkroom-studio" }).images.edit({
      ...small, image: await toFile(picture, "a.png", { type: "image/png" }) })),
  azureStreamed: await attempt(async () =>
    events(await azure().images.generate({ ...small, stream: true, partial_images: 2 }))),
  azureToken: await attempt(() =>
    azure({ apiKey: undefined, azureADTokenProvider: async () => "eyJhbGciOi" }).images.generate(small)),
  azureV1: await attempt(() => at(`${azureURL}/openai/v1`).images.generate(small)),
  azureWebp: await attempt(() => azure().images.generate({ ...small, output_format: "webp" })),
  azureFilter: await attempt(() => azure().images.generate({ ...small, prompt: "gore" })),
  azureBadKey: await attempt(() => azure({ apiKey: "nonsense" }).images.generate(small)),
  azureNoDeployment: await attempt(() => azure().images.generate({ ...small, model: "nobody" })),
  azureLimit: await attempt(() => azure().images.generate(small, fault("rate-limit"))),
  azureRetried: await attempt(() =>
    azure({ maxRetries: 1 }).images.generate(
      { ...small, prompt: "once more" }, fault("rate-limit; retry-after=0.02; times=1"))),
  azureWall: await attempt(() => azure().images.generate(small, fault("two-minute-wall; lasting=0.02"))),
  azureResponses: await attempt(async () =>
    events(await at(`${azureURL}/openai/v1`).responses.create({ ...body, model: "gpt-4.1-mini", stream: true }))),
  azureRetrieved: await attempt(async () => {
    const { id } = await azure().responses.create({ ...body, background: true });
    return (await azure().responses.retrieve(id)).id === id;
  }),
  router: await attempt(async () =>
    events(await at(routerURL).responses.create({
      ...body, model: "openai/gpt-5", stream: true,
      tools: [{ type: "image_generation", model: "openai/gpt-image-1-mini", partial_images: 1 }] }))),
};
console.log(JSON.stringify(results, (key, value) => (key === "b64_json" && value?.length ? value.length : value)));
