// A file of prompts through OpenAI's client as it comes: so many at a time, each picture written as soon as it is there.
// Arguments: base URL, input, folder, concurrency. What fails has a line on standard error; exit code 1 then.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import OpenAI from "openai";

const [baseURL, input, folder, concurrency] = process.argv.slice(2);
const client = new OpenAI({ apiKey: "sk-nobody", baseURL });
const jobs = (await readFile(input, "utf8")).split("\n").map((line) => line.trim())
  .filter((line) => line && !line.startsWith("#"))
  .map((line) => (line.startsWith("{") ? JSON.parse(line) : { prompt: line }));

async function paint({ out, ...options }, index) {
  const result = await client.images.generate({ model: "gpt-image-1.5", ...options });
  const name = out ?? `${index + 1}-${options.prompt.replace(/\W+/g, "-")}.png`;
  await writeFile(join(folder, name), Buffer.from(result.data[0].b64_json, "base64"));
}

await mkdir(folder, { recursive: true });
const waiting = jobs.entries();
await Promise.all(Array.from({ length: Number(concurrency) }, async () => {
  for (const [index, job] of waiting) {
    try {
      await paint(job, index);
    } catch (error) {
      console.error(`prompt ${index + 1}: ${error.constructor.name}: ${error.message}`);
      process.exitCode = 1;
    }
  }
}));
