// Uses a model through the unmodified openai package of npm and checks every answer.
// Run: node openai_node.mjs BASE_URL KEY MODEL, where the base URL ends in /v1. Any surprise is an exit code.
import assert from "node:assert/strict";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const { OpenAI } = require("openai");
const { VERSION } = require("openai/version");
const [baseURL, apiKey, model] = process.argv.slice(2);
const client = new OpenAI({ baseURL, apiKey, maxRetries: 0, timeout: 120_000 });
const question = { role: "user", content: "Where is my parcel?" };
const schema = {
  type: "object",
  properties: { place: { type: "string", enum: ["shop", "office"] }, day: { type: "integer", minimum: 1, maximum: 31 } },
  required: ["place", "day"],
  additionalProperties: false,
};
const tools = [
  { type: "function", function: { name: "find_parcel", description: "Find the parcel.", parameters: schema } },
];
// A text of which nobody reads more than the beginning.
const long = "(The parcel is here\\. ){100,120}";

const chat = (more = {}) =>
  client.chat.completions.create({ model, messages: [question], temperature: 0, max_tokens: 64, ...more });

const checks = {
  async models() {
    const ids = [];
    for await (const one of client.models.list()) ids.push(one.id);
    assert.ok(ids.includes(model), ids);
  },

  async logprobs() {
    const [choice] = (await chat({ logprobs: true, top_logprobs: 2 })).choices;
    const tokens = choice.logprobs.content;
    assert.equal(tokens.map((token) => token.token).join(""), choice.message.content);
    for (const token of tokens) {
      assert.equal(token.top_logprobs.length, 2);
      assert.equal(token.top_logprobs[0].logprob, token.logprob);
    }
  },

  async streaming() {
    const whole = await chat();
    let said = "";
    let usage;
    for await (const chunk of await chat({ stream: true, stream_options: { include_usage: true } })) {
      said += chunk.choices[0]?.delta.content ?? "";
      usage = chunk.usage ?? usage;
    }
    assert.equal(said, whole.choices[0].message.content);
    assert.deepEqual(usage, whole.usage);
  },

  async tools() {
    const [called] = (await chat({ tools, tool_choice: "required" })).choices;
    assert.equal(called.finish_reason, "tool_calls");
    const [call] = called.message.tool_calls;
    assert.equal(call.function.name, "find_parcel");
    assert.ok(["shop", "office"].includes(JSON.parse(call.function.arguments).place), call.function.arguments);
    const result = { role: "tool", tool_call_id: call.id, content: "The parcel is in the shop." };
    const [told] = (await chat({ tools, messages: [question, called.message, result] })).choices;
    assert.ok(["stop", "length", "tool_calls"].includes(told.finish_reason), told.finish_reason);
  },

  async toolsInAStream() {
    const stream = client.chat.completions.stream({
      model, messages: [question], temperature: 0, max_tokens: 64, tools,
      tool_choice: { type: "function", function: { name: "find_parcel" } },
    });
    const [choice] = (await stream.finalChatCompletion()).choices;
    assert.equal(choice.finish_reason, "tool_calls");
    assert.ok(["shop", "office"].includes(JSON.parse(choice.message.tool_calls[0].function.arguments).place));
  },

  async structured() {
    const format = { type: "json_schema", json_schema: { name: "place", strict: true, schema } };
    const parsed = JSON.parse((await chat({ response_format: format })).choices[0].message.content);
    assert.ok(["shop", "office"].includes(parsed.place) && Number.isInteger(parsed.day), JSON.stringify(parsed));
  },

  async cancel() {
    const stream = await chat({ stream: true, max_tokens: 1200, structured_outputs: { regex: long } });
    let said = "";
    for await (const chunk of stream) {
      said += chunk.choices[0]?.delta.content ?? "";
      if (said) stream.controller.abort();
    }
    assert.ok(said.length > 0 && said.length < 1000, said);
    assert.ok((await chat()).choices[0].message.content);
  },

  async completions() {
    const prompt = ["The parcel is in the", "Anna has a new"];
    const { choices, usage } = await client.completions.create({
      model, prompt, max_tokens: 1, echo: true, logprobs: 1, temperature: 0,
    });
    choices.forEach((choice, i) => assert.ok(choice.text.startsWith(prompt[i]), choice.text));
    const scored = choices.map((choice) => choice.logprobs.token_logprobs.length);
    assert.equal(scored.reduce((sum, count) => sum + count, 0), usage.total_tokens);
  },

  async embeddings() {
    const { data } = await client.embeddings.create({ model, input: ["Where is my parcel?", "The shop opens at 8."] });
    for (const { embedding } of data) {
      const squares = embedding.reduce((sum, value) => sum + value * value, 0);
      assert.ok(Math.abs(squares - 1) < 1e-4, String(squares));
    }
  },

  async errors() {
    await assert.rejects(chat({ temperature: 9 }), { status: 400, param: "temperature" });
    await assert.rejects(chat({ model: "unheard" }), { status: 404, code: "model_not_found" });
    const stranger = new OpenAI({ baseURL, apiKey: "pk-wrong", maxRetries: 0 });
    await assert.rejects(stranger.models.list(), { status: 401, code: "invalid_api_key" });
  },
};

for (const [name, check] of Object.entries(checks)) {
  await check();
  console.log(name);
}
console.log("openai", VERSION, "ok");
