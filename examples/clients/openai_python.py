"""Uses a model through the unmodified openai package and checks every answer.

Run: python3 openai_python.py BASE_URL KEY MODEL, where the base URL ends in /v1. Any surprise is an exit code.
"""
import json
import math
import sys
from typing import Literal

import openai
import pydantic

BASE_URL, KEY, MODEL = sys.argv[1:4]
QUESTION = {"role": "user", "content": "Where is my parcel?"}
TOOLS = [
    {
        "type": "function",
        "function": {
            "name": "find_parcel",
            "description": "Find the parcel.",
            "parameters": {
                "type": "object",
                "properties": {"place": {"type": "string", "enum": ["shop", "office"]}},
                "required": ["place"],
                "additionalProperties": False,
            },
        },
    }
]
# A text of which nobody reads more than the beginning.
LONG = "(The parcel is here\\. ){100,120}"

client = openai.OpenAI(base_url=BASE_URL, api_key=KEY, max_retries=0, timeout=120)


class Parcel(pydantic.BaseModel):
    place: Literal["shop", "office"]
    day: int = pydantic.Field(ge=1, le=31)
    late: bool


def chat(**more):
    return client.chat.completions.create(**{"model": MODEL, "messages": [QUESTION], "temperature": 0, "max_tokens": 64, **more})


def models():
    assert MODEL in [model.id for model in client.models.list()]
    assert client.models.retrieve(MODEL).id == MODEL


def logprobs():
    choice = chat(logprobs=True, top_logprobs=3).choices[0]
    tokens = choice.logprobs.content
    assert "".join(token.token for token in tokens) == choice.message.content, choice
    for token in tokens:
        best = token.top_logprobs[0]
        assert len(token.top_logprobs) == 3, token
        assert best.token == token.token and best.logprob == token.logprob <= 0, token
        assert bytes(token.bytes).decode(errors="replace") == token.token, token


def streaming():
    whole = chat()
    pieces, usage, reasons = [], None, []
    for chunk in chat(stream=True, stream_options={"include_usage": True}):
        for choice in chunk.choices:
            pieces.append(choice.delta.content or "")
            reasons += [choice.finish_reason] if choice.finish_reason else []
        usage = chunk.usage or usage
    assert "".join(pieces) == whole.choices[0].message.content, (pieces, whole)
    assert reasons == [whole.choices[0].finish_reason] and usage == whole.usage, (reasons, usage, whole)


def choices():
    answers = chat(n=3, seed=7, temperature=1.5)
    assert [choice.index for choice in answers.choices] == [0, 1, 2], answers
    again = chat(n=3, seed=7, temperature=1.5)
    assert [c.message.content for c in answers.choices] == [c.message.content for c in again.choices], (answers, again)


def tools():
    called = chat(tools=TOOLS, tool_choice="required").choices[0]
    assert called.finish_reason == "tool_calls", called
    call = called.message.tool_calls[0]
    assert call.function.name == "find_parcel", call
    assert json.loads(call.function.arguments)["place"] in ("shop", "office"), call
    result = {"role": "tool", "tool_call_id": call.id, "content": "The parcel is in the shop."}
    told = chat(messages=[QUESTION, called.message, result], tools=TOOLS).choices[0]
    assert told.finish_reason in ("stop", "length", "tool_calls"), told


def streamed_tools():
    named = {"type": "function", "function": {"name": "find_parcel"}}
    with client.chat.completions.stream(
        model=MODEL, messages=[QUESTION], temperature=0, max_tokens=64, tools=TOOLS, tool_choice=named
    ) as stream:
        choice = stream.get_final_completion().choices[0]
    assert choice.finish_reason == "tool_calls", choice
    assert json.loads(choice.message.tool_calls[0].function.arguments)["place"] in ("shop", "office"), choice


def structured():
    message = client.chat.completions.parse(
        model=MODEL, messages=[QUESTION], temperature=0, max_tokens=64, response_format=Parcel
    ).choices[0].message
    assert isinstance(message.parsed, Parcel), message
    either = chat(extra_body={"structured_outputs": {"choice": ["yes", "no"]}}).choices[0].message.content
    assert either in ("yes", "no"), either
    anything = chat(response_format={"type": "json_object"}, max_tokens=100).choices[0]
    assert anything.finish_reason == "content_filter" or isinstance(json.loads(anything.message.content), dict), anything


def cancel():
    stream = chat(stream=True, max_tokens=1200, extra_body={"structured_outputs": {"regex": LONG}})
    said = ""
    for chunk in stream:
        said += chunk.choices[0].delta.content or ""
        if said:
            break
    stream.close()
    assert said and len(said) < 1000, said
    assert chat().choices[0].message.content


def completions():
    prompts = ["Question: What is the capital of France?\nAnswer:", "The parcel is in the"]
    scored = client.completions.create(model=MODEL, prompt=prompts, max_tokens=1, echo=True, logprobs=1, temperature=0)
    for prompt, choice in zip(prompts, scored.choices):
        told = choice.logprobs
        assert choice.text.startswith(prompt), choice
        assert choice.text in "".join(told.tokens), choice
        assert told.token_logprobs[0] is None and all(value <= 0 for value in told.token_logprobs[1:]), choice
        assert told.text_offset[0] == 0 and told.text_offset == sorted(told.text_offset), choice
    assert sum(len(choice.logprobs.tokens) for choice in scored.choices) == scored.usage.total_tokens, scored


def embeddings():
    vectors = [item.embedding for item in client.embeddings.create(model=MODEL, input=["Where is my parcel?", "The shop opens at 8."]).data]
    assert len(vectors) == 2 and vectors[0] != vectors[1]
    assert all(math.isclose(sum(value * value for value in vector), 1, rel_tol=1e-4) for vector in vectors)


def errors():
    for error, wrong, parameter in [
        (openai.BadRequestError, {"temperature": 9}, "temperature"),
        (openai.BadRequestError, {"logit_bias": {"99999999": 1}}, "logit_bias"),
        (openai.BadRequestError, {"max_tokens": 2, "response_format": {"type": "json_schema", "json_schema": {
            "name": "long", "schema": {"type": "string", "minLength": 300}}}}, "max_tokens"),
        (openai.NotFoundError, {"model": "unheard"}, "model"),
    ]:
        try:
            chat(**wrong)
        except error as told:
            assert told.param == parameter, (wrong, told.body)
        else:
            raise AssertionError(f"not refused: {wrong}")
    try:
        openai.OpenAI(base_url=BASE_URL, api_key="pk-wrong", max_retries=0).models.list()
    except openai.AuthenticationError as told:
        assert told.code == "invalid_api_key", told.body
    else:
        raise AssertionError("a wrong key opened")


for check in (models, logprobs, streaming, choices, tools, streamed_tools, structured, cancel, completions, embeddings, errors):
    check()
    print(check.__name__, flush=True)
print("openai", openai.__version__, "ok")
