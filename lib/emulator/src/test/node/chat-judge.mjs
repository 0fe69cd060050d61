// Vercel's AI SDK against the emulator's chat completions: by OpenRouter's provider and by the one for whatever is alike.
import { generateText, streamText } from "ai";
import { createOpenRouter } from "@openrouter/ai-sdk-provider";
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";

globalThis.AI_SDK_LOG_WARNINGS = false;
const [baseURL] = process.argv.slice(2);
const fault = (name) => ({ "X-Emulator-Fault": name });
const openRouter = (model = "google/gemini-3.1-flash-image", apiKey = "sk-vendor") =>
  createOpenRouter({ apiKey, baseURL, extraBody: { modalities: ["image", "text"] } })(model);
const relay = (model) => createOpenAICompatible({ name: "relay", apiKey: "sk-vendor", baseURL, includeUsage: true })(model);

async function attempt(action) {
  try {
    return { ok: true, value: await action() };
  } catch (error) {
    const { statusCode, isRetryable, message } = error;
    return { ok: false, error: error.name, statusCode, isRetryable, message };
  }
}

const files = (list) => list.map((file) => ({ mediaType: file.mediaType, bytes: file.uint8Array.length }));

async function whole(request) {
  const { text, files: made, finishReason, usage, providerMetadata } = await generateText({ maxRetries: 0, ...request });
  return { text, files: files(made), finishReason, tokens: usage.totalTokens, cost: providerMetadata?.openrouter?.usage?.cost };
}

async function streamed(request) {
  const seen = [];
  const errors = [];
  const result = streamText({ maxRetries: 0, onError: ({ error }) => errors.push(error), ...request });
  for await (const part of result.fullStream) {
    if (part.type === "text-delta") seen.push("text");
    else if (part.type === "file") seen.push("file " + part.file.mediaType + " " + (part.file.uint8Array.length > 100));
    else if (part.type === "finish") seen.push("finish " + part.finishReason);
    else if (part.type === "error") seen.push("error " + (part.error.statusCode ?? part.error.code ?? ""));
  }
  return seen;
}

const results = {
  generate: await attempt(() => whole({ model: openRouter(), prompt: "2 pictures of a fox" })),
  stream: await attempt(() => streamed({ model: openRouter(), prompt: "a fox" })),
  reference: await attempt(async () => {
    const { files: made } = await generateText({ model: openRouter(), prompt: "a fox", maxRetries: 0 });
    return whole({ model: openRouter(), messages: [{ role: "user", content: [
      { type: "text", text: "the same at night" },
      { type: "file", data: made[0].uint8Array, mediaType: "image/png" }] }] });
  }),
  filtered: await attempt(() => whole({ model: openRouter(), prompt: "a fox", headers: fault("image-failed") })),
  errorEvent: await attempt(() => streamed({ model: openRouter(), prompt: "a fox", headers: fault("error-event; after=2") })),
  limitEvent: await attempt(() => streamed({ model: openRouter(), prompt: "a fox", headers: fault("rate-limit-event; after=2") })),
  badKey: await attempt(() => whole({ model: openRouter(undefined, "nonsense"), prompt: "a fox" })),
  noModel: await attempt(() => whole({ model: openRouter("google/nothing"), prompt: "a fox" })),
  moderation: await attempt(() => whole({ model: openRouter(), prompt: "gore" })),
  rateLimit: await attempt(() => whole({ model: openRouter(), prompt: "a fox", headers: fault("rate-limit") })),
  serverError: await attempt(() => whole({ model: openRouter(), prompt: "a fox", headers: fault("server-error") })),
  errorInOk: await attempt(() => whole({ model: openRouter(), prompt: "a fox", headers: fault("error-in-ok") })),
  markdown: await attempt(async () => {
    const { text, ...rest } = await whole({ model: relay("relay/markdown"), prompt: "a fox" });
    return { ...rest, image: text.match(/!\[image]\((data:image\/png;base64,)/)?.[1] };
  }),
  markdownStream: await attempt(async () => {
    const result = streamText({ model: relay("relay/markdown-by-url"), prompt: "a fox", maxRetries: 0 });
    return { text: await result.text, tokens: (await result.usage).totalTokens, finishReason: await result.finishReason };
  }),
  relayRateLimit: await attempt(() => whole({ model: relay("relay/markdown"), prompt: "a fox", headers: fault("rate-limit") })),
  relayErrorEvent: await attempt(() => streamed({ model: relay("relay/markdown"), prompt: "a fox", headers: fault("error-event; after=1") })),
};
console.log(JSON.stringify(results));
