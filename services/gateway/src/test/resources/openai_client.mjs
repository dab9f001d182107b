// Talks to a gateway through the unmodified openai package: base URL and key as arguments; any surprise is an exit code.
import assert from "node:assert/strict";
import { createRequire } from "node:module";

const { OpenAI } = createRequire(import.meta.url)("openai");
const [baseURL, apiKey] = process.argv.slice(2);
const client = new OpenAI({ baseURL, apiKey, maxRetries: 0 });
const hello = { role: "user", content: "hello" };
const model = "tickets";

const models = {};
for await (const one of client.models.list()) models[one.id] = one;
assert.equal(models[model].parent, "small-base");
assert.equal(models["small-base"].parent, null);
assert.equal((await client.models.retrieve(model)).id, model);

const { data: chat, response, request_id } = await client.chat.completions
  .create({ model, messages: [hello], logprobs: true, top_logprobs: 1 })
  .withResponse();
assert.equal(chat.choices[0].message.content, "All is well.");
assert.equal(chat.usage.total_tokens, 15);
assert.equal(chat.choices[0].logprobs.content[1].logprob, -0.5);
assert.equal(response.headers.get("x-paddock-answer"), chat.id);
assert.match(request_id, /^req_/);

let said = "";
let usage;
for await (const chunk of await client.chat.completions.create({
  model, messages: [hello], stream: true, stream_options: { include_usage: true },
})) {
  said += chunk.choices[0]?.delta.content ?? "";
  usage = chunk.usage ?? usage;
}
assert.equal(said, "All is well.");
assert.equal(usage.completion_tokens, 4);

const text = await client.completions.create({
  model: "small-base", prompt: ["A ", "B "], echo: true, logprobs: 1, max_tokens: 4,
});
assert.deepEqual(text.choices.map((choice) => choice.text), ["A All is well.", "B All is well."]);

const refused = await client.chat.completions.create({ model, messages: [{ role: "user", content: "poison" }] });
assert.equal(refused.choices[0].finish_reason, "content_filter");
assert.ok(refused.choices[0].message.refusal);
assert.equal(refused.usage.prompt_tokens, 11);
const next = await client.chat.completions.create({ model, messages: [hello, refused.choices[0].message, hello] });
assert.equal(next.choices[0].message.content, "All is well.");

const streamed = await client.chat.completions
  .stream({ model, messages: [{ role: "user", content: "poison" }] })
  .finalChatCompletion();
const after = await client.chat.completions.create({ model, messages: [hello, streamed.choices[0].message, hello] });
assert.equal(after.choices[0].message.content, "All is well.");

assert.ok((await client.moderations.create({ input: "poison" })).results[0].flagged);
await assert.rejects(client.chat.completions.create({ model: "unheard", messages: [hello] }), { code: "model_not_found" });
await assert.rejects(new OpenAI({ baseURL, apiKey: "pk-wrong", maxRetries: 0 }).models.list(), { code: "invalid_api_key" });
console.log("openai", "ok");
