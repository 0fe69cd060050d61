// Google's own client against the emulator's Gemini. Prints one JSON document.
import { GoogleGenAI } from "@google/genai";

const [base] = process.argv.slice(2);
const root = base.replace(/\/v1beta$/, "");
const studio = (apiKey = "sk-vendor") => new GoogleGenAI({ apiKey, httpOptions: { baseUrl: root } });
const vertex = new GoogleGenAI({
  vertexai: true, project: "p", location: "global",
  googleAuthOptions: { authClient: {
    getRequestHeaders: async () => new Headers({ Authorization: "Bearer sk-token" }) } },
  httpOptions: { baseUrl: root } });
const client = studio();
const fault = (name) => ({ headers: { "X-Emulator-Fault": name } });
const ask = (contents, config = {}, model = "gemini-3.1-flash-image") => ({ model, contents, config });
const thinking = { thinkingConfig: { includeThoughts: true } };

async function attempt(action) {
  try {
    return { ok: true, value: await action() };
  } catch (error) {
    return { ok: false, error: error.constructor.name, name: error.name, status: error.status, message: error.message };
  }
}

const kind = (part) => (part.thought ? "thought " : "") + (part.inlineData ? part.inlineData.mimeType : "text");
const told = (answer) => ({
  parts: (answer.candidates?.[0]?.content?.parts ?? []).map(kind),
  bytes: answer.data ? Buffer.from(answer.data, "base64").length : 0,
  text: answer.text,
  finish: answer.candidates?.[0]?.finishReason,
  blocked: answer.promptFeedback?.blockReason,
  tokens: answer.usageMetadata?.totalTokenCount,
  modelVersion: answer.modelVersion,
});

async function streamed(who, request) {
  const seen = [];
  for await (const piece of await who.models.generateContentStream(request)) seen.push(told(piece));
  return seen;
}

const warn = console.warn;
console.warn = () => {};
const generate = (request) => client.models.generateContent(request).then(told);
const picture = (await client.models.generateContent(ask("a fox", { responseModalities: ["IMAGE"] }))).data;
const results = {
  generate: await attempt(() => generate(ask("a fox", {
    responseModalities: ["TEXT", "IMAGE"], imageConfig: { aspectRatio: "16:9", imageSize: "2K" }, seed: 7 }))),
  thoughts: await attempt(() => generate(ask("a fox", thinking))),
  stream: await attempt(() => streamed(client, ask("a fox", thinking))),
  edit: await attempt(() => generate(ask([
    { inlineData: { mimeType: "image/jpeg", data: picture } }, { text: "the same at night" }]))),
  vertex: await attempt(() => vertex.models.generateContent(ask("a fox")).then(told)),
  vertexStream: await attempt(() => streamed(vertex, ask("a fox"))),
  blocked: await attempt(() => generate(ask("gore"))),
  filtered: await attempt(() => generate(ask("a fox", { httpOptions: fault("image-failed") }))),
  models: await attempt(async () => {
    const names = [];
    for await (const model of await client.models.list()) names.push(model.name);
    return names;
  }),
  model: await attempt(() => client.models.get({ model: "gemini-3-pro-image" })),
  noModel: await attempt(() => generate(ask("a fox", {}, "gemini-9"))),
  badKey: await attempt(() => studio("nonsense").models.generateContent(ask("a fox"))),
  badSize: await attempt(() => generate(ask("a fox", { imageConfig: { imageSize: "9K" } }))),
  rateLimit: await attempt(() => generate(ask("a fox", { httpOptions: fault("rate-limit; retry-after=2") }))),
  overloaded: await attempt(() => generate(ask("a fox", { httpOptions: fault("overloaded") }))),
  streamRefused: await attempt(() => streamed(client, ask("a fox", { httpOptions: fault("rate-limit") }))),
  errorEvent: await attempt(() => streamed(client, ask("a fox", { httpOptions: fault("error-event; after=1") }))),
};
console.warn = warn;
console.log(JSON.stringify(results));
