"""Talks to a gateway through the unmodified openai package: base URL and key as arguments; any surprise is an exit code."""
import sys

import openai

client = openai.OpenAI(base_url=sys.argv[1], api_key=sys.argv[2], max_retries=0)
messages = [{"role": "user", "content": "hello"}]

models = {model.id: model for model in client.models.list()}
assert models["tickets"].parent == "small-base", models
assert models["small-base"].parent is None, models
assert client.models.retrieve("tickets").id == "tickets"

raw = client.chat.completions.with_raw_response.create(model="tickets", messages=messages, logprobs=True, top_logprobs=1)
chat = raw.parse()
assert chat.choices[0].message.content == "All is well.", chat
assert chat.usage.total_tokens == 15, chat
assert chat.choices[0].logprobs.content[1].logprob == -0.5, chat
assert raw.headers["x-paddock-answer"] == chat.id
assert chat._request_id.startswith("req_"), chat

pieces, usage = [], None
for chunk in client.chat.completions.create(
    model="tickets", messages=messages, stream=True, stream_options={"include_usage": True}
):
    pieces += [choice.delta.content or "" for choice in chunk.choices]
    usage = chunk.usage or usage
assert "".join(pieces) == "All is well.", pieces
assert usage.completion_tokens == 4, usage

text = client.completions.create(model="small-base", prompt=["A ", "B "], echo=True, logprobs=1, max_tokens=4)
assert [choice.text for choice in text.choices] == ["A All is well.", "B All is well."], text
assert text.choices[0].logprobs.token_logprobs[0] is None, text

refused = client.chat.completions.create(model="tickets", messages=[{"role": "user", "content": "poison"}])
assert refused.choices[0].finish_reason == "content_filter", refused
assert refused.choices[0].message.refusal, refused
assert refused.usage.prompt_tokens == 11, refused
turn = refused.choices[0].message
for told in (turn, turn.model_dump()):
    following = client.chat.completions.create(model="tickets", messages=messages + [told] + messages)
    assert following.choices[0].message.content == "All is well.", following
assert client.moderations.create(input="poison").results[0].flagged

try:
    client.chat.completions.create(model="unheard", messages=messages)
    raise SystemExit("an unknown model answered")
except openai.NotFoundError as error:
    assert error.code == "model_not_found", error
try:
    openai.OpenAI(base_url=sys.argv[1], api_key="pk-wrong", max_retries=0).models.list()
    raise SystemExit("a wrong key opened")
except openai.AuthenticationError as error:
    assert error.code == "invalid_api_key", error
print("openai", openai.__version__, "ok")
