"""Renders chat templates and Jinja snippets with jinja2 as transformers sets it up, for the interpreter's test.

    python chat_template_reference.py [--templates FOLDER] [--out FILE.json.gz]

Needs jinja2 >= 3.1.6. The output has a fixed clock and no timestamps: the same input gives the same bytes.
"""
import argparse
import datetime
import functools
import gzip
import json
import pathlib

import jinja2
from jinja2.ext import Extension, loopcontrols
from jinja2.sandbox import ImmutableSandboxedEnvironment

TESTS = pathlib.Path(__file__).resolve().parents[2] / "gpu-worker/llama/src/test/resources"
NOW = datetime.datetime(2026, 3, 7, 9, 5, 3)


class Generation(Extension):
    """The tag that transformers adds; only its output matters."""

    tags = {"generation"}

    def parse(self, parser):
        line = next(parser.stream).lineno
        body = parser.parse_statements(["name:endgeneration"], drop_needle=True)
        return jinja2.nodes.CallBlock(self.call_method("_body"), [], [], body).set_lineno(line)

    def _body(self, caller):
        return caller()


def raise_exception(message):
    raise jinja2.exceptions.TemplateError(message)


def tojson(x, ensure_ascii=False, indent=None, separators=None, sort_keys=False):
    return json.dumps(x, ensure_ascii=ensure_ascii, indent=indent, separators=separators, sort_keys=sort_keys)


@functools.lru_cache(maxsize=None)
def compiled(source):
    return environment().from_string(source)


def environment():
    env = ImmutableSandboxedEnvironment(trim_blocks=True, lstrip_blocks=True, extensions=[Generation, loopcontrols])
    env.filters["tojson"] = tojson
    env.globals["raise_exception"] = raise_exception
    env.globals["strftime_now"] = lambda form: NOW.strftime(form)
    return env


TOOLS = [
    {"type": "function", "function": {
        "name": "find_locker", "description": "Find a parcel locker \"near\" a place — até 5 km.\n\nUse it first.",
        "parameters": {"type": "object", "properties": {
            "city": {"type": "string", "description": " The city, e.g. Köln & Söhne <b> "},
            "size": {"type": "string", "enum": ["S", "M", "L"], "description": "box size"},
            "limits": {"type": "array", "items": {"type": "integer"}, "description": "min and max"},
            "open": {"type": ["boolean", "string"], "description": "only open ones", "default": None},
            "weights": {"type": "object", "additionalProperties": {"type": "number"}, "description": "by size"}},
            "required": ["city"]}}},
    {"type": "function", "function": {
        "name": "ping", "description": "Answer.", "parameters": {"type": "object", "properties": {}},
        "return": {"type": "string", "description": "pong"}}},
]


def turn(role, content, **more):
    return {"role": role, "content": content, **more}


def call(name, arguments, identity="abc123XYZ"):
    return {"role": "assistant", "content": None,
            "tool_calls": [{"id": identity, "type": "function", "function": {"name": name, "arguments": arguments}}]}


CONVERSATIONS = {
    "question": [turn("user", "Where is my parcel?")],
    "system": [turn("system", "You are terse."), turn("user", "Hi"), turn("assistant", " Hello. "), turn("user", "Bye")],
    "braces": [turn("user", "{{ 6*7 }} {% raise %} {# no #} {{ raise_exception('x') }} <|im_end|> {{")],
    "unicode": [turn("system", "Füße 👩‍👩‍👧 漢字 \u2028 \u00a0x"), turn("user", "🤖\ttab \"quoted\" 'single' \\ back\r\nline\n\n"),
                turn("assistant", "ßẞİı ﬁ\u0000\u0007"), turn("user", "  spaces around\n ")],
    "empty": [turn("user", ""), turn("assistant", ""), turn("user", " ")],
    "long": [turn("user" if i % 2 == 0 else "assistant", f"turn {i} " * (i + 1)) for i in range(9)],
    "tools": [turn("user", "Find a locker in Leeds"), call("find_locker", {"city": "Leeds", "limits": [1, 2.5], "open": True}),
              turn("tool", "{\"id\": 14}", name="find_locker", tool_call_id="abc123XYZ"), turn("assistant", "Locker 14.")],
    "two-results": [turn("system", "S"), turn("user", "q"), call("ping", {}), turn("tool", "pong", tool_call_id="abc123XYZ"),
                    turn("tool", "pong again", tool_call_id="abc123XYZ"), turn("assistant", "done"), turn("user", "ok")],
    "thinking": [turn("user", "2+2?"), turn("assistant", "<think>\nfour\n</think>\n\n4"), turn("user", "sure?"),
                 turn("assistant", "<think>yes</think>Yes.")],
    "not-alternating": [turn("user", "a"), turn("user", "b")],
    "other-role": [turn("ipython", {"result": [1, None]}), turn("user", "x")],
    "none": [],
}

DATA = {
    "t": True, "f": False, "n": None, "i": 7, "neg": -7, "x": 2.5, "big": 12345678901234567890, "s": "Hello World",
    "u": "naïve Straße 🙂 x", "lines": "a\nb\n\nc d", "e": "", "l": [3, 1, 2], "m": ["b", "A", "c", "B"], "nested": [[1, 2], [3, [4]]],
    "d": {"b": 1, "a": "x", "c": None, "items": "own"}, "empty": {}, "el": [], "html": "<a href=\"x\">'&'</a>",
    "people": [{"name": "Ann", "age": 31, "tags": ["x"]}, {"name": "bob", "age": 25}, {"name": "Cy", "age": 31, "tags": []}],
    "messages": CONVERSATIONS["system"], "floats": [0.1, 1e16, 1e-5, 123456789.123, 1.0, -0.0, 1e22, 5e-324, 1.7976931348623157e308],
    "quote": "it's \"so\" \\ \n\t\x00\x7f\u200b\xa0é", "spaces": "  \t x y \n",
}

SNIPPETS = r"""
{{ t }} {{ f }} {{ n }} {{ i }} {{ x }} {{ big }} {{ s }}
{{ l }} {{ d }} {{ nested }} {{ empty }} {{ el }} {{ (1,) }} {{ () }} {{ (1, 'a', none) }}
{{ floats }}
{{ quote }}|{{ [quote] }}
{{ ["it's", 'say "x"', "both ' and \""] }}
{{ 1 + 2 * 3 - 4 / 2 }} {{ 7 // 2 }} {{ -7 // 2 }} {{ 7 % 3 }} {{ -7 % 3 }} {{ 7 % -3 }} {{ 2 ** 10 }} {{ 2 ** -1 }} {{ 2 ** 3 ** 2 }}
{{ 7.5 // 2 }} {{ -7.5 // 2 }} {{ 7.5 % 2 }} {{ -7.5 % 2 }} {{ 7.5 % -2 }} {{ 1 / 3 }} {{ 6 / 3 }} {{ 2.0 ** 0.5 }} {{ 1e3 }} {{ 1_000 }} {{ 0x1f }} {{ 0b101 }} {{ 0o17 }}
{{ 0.1 + 0.2 }} {{ 1e300 * 1e10 }} {{ -1e300 * 1e10 }} {{ 3.0 }} {{ 100000000000000000.0 }} {{ 1.5e-7 }} {{ 123456789012345680.0 }}
{{ big * big }} {{ big + 1 }} {{ -big }} {{ big // 7 }} {{ big % 7 }} {{ big == big }} {{ 2 ** 100 }}
{{ 'a' * 3 }} {{ 3 * 'ab' }} {{ 'a' * -1 }}| {{ [1] * 2 }} {{ 2 * [1, 2] }} {{ l + [4] }} {{ (1,) + (2,) }} {{ (1,) * 2 }}
{{ true + 1 }} {{ true * 3 }} {{ -true }} {{ +false }} {{ true == 1 }} {{ 1 == 1.0 }} {{ 'a' == 'a' }} {{ [1] == [1.0] }} {{ (1,) == [1] }} {{ {'a': 1} == {'a': 1.0} }}
{{ 1 < 2 < 3 }} {{ 1 < 3 < 2 }} {{ 3 > 2 >= 2 }} {{ 'a' < 'b' }} {{ 'Z' < 'a' }} {{ [1, 2] < [1, 3] }} {{ (1, 2) < (1, 2, 3) }} {{ 1 != 2 != 1 }}
{{ not t == f }} {{ not true and false }} {{ not (true and false) }} {{ 1 and 2 }} {{ 0 or 'x' }} {{ '' and 1 }}| {{ none or [] }} {{ not not 1 }}
{{ 'ell' in s }} {{ 'z' not in s }} {{ 3 in l }} {{ 3 not in l }} {{ 'a' in d }} {{ 'zz' in d }} {{ 1 in (1, 2) }} {{ 2.0 in l }} {{ not 1 in l }}
{{ 'a' ~ 1 ~ none ~ true ~ 1.0 ~ [1] }} {{ s ~ missing }}|
{{ 1 ~ 2 + 3 }}
{{ 'yes' if t else 'no' }} {{ 'yes' if f }}| {{ 'a' if f else 'b' if f else 'c' }} {{ ('x' if t) ~ 'y' }}
{{ s[0] }} {{ s[-1] }} {{ s[1:4] }} {{ s[::-1] }} {{ s[::2] }} {{ s[-3:] }} {{ s[:-3] }} {{ s[10:2:-2] }} {{ s[100:] }}| {{ u[5:12] }} {{ u[::-1] }} {{ u[-3] }}
{{ l[0] }} {{ l[-1] }} {{ l[1:] }} {{ l[::-1] }} {{ l[:1] }} {{ l[99] }}| {{ l[-9:9] }} {{ l[2:0:-1] }} {{ (1,2,3)[1:] }} {{ l[true] }} {{ l['0'] }}|
{{ d.a }} {{ d['a'] }} {{ d.zz }}| {{ d['zz'] }}| {{ d['items'] }} {{ d.b }} {{ people[0].name }} {{ people.1.age }} {{ people[0]['tags'][0] }} {{ d.get('a') }} {{ d.get('q', 5) }} {{ d.get('q') }}
{{ d.keys() }} {{ d.values() }} {{ d.items() }} {{ d.keys()|list }} {{ d.items()|list }} {{ d|length }} {{ d|list }}
{% for k, v in d.items() %}{{ k }}={{ v }};{% endfor %}
{% for k, v in d|items %}{{ k }}={{ v }}{{ ',' if not loop.last }}{% endfor %}
{% for k in d %}{{ k }}{% endfor %} {% for c in 'añ🙂' %}[{{ c }}]{% endfor %}
{% for x in l %}{{ loop.index }}/{{ loop.index0 }}/{{ loop.revindex }}/{{ loop.revindex0 }}/{{ loop.first }}/{{ loop.last }}/{{ loop.length }}/{{ loop.depth }} {% endfor %}
{% for x in l %}{{ loop.previtem }}<{{ x }}>{{ loop.nextitem }} {{ loop.previtem is defined }}{{ loop.cycle('odd', 'even') }} {% endfor %}
{% for x in [1,1,2,2,1] %}{{ loop.changed(x) }} {% endfor %}
{% for x in l if x > 1 %}{{ loop.index }}:{{ x }}:{{ loop.length }} {% else %}none{% endfor %}
{% for x in l if x > 9 %}{{ x }}{% else %}none{% endfor %}
{% for x in el %}{{ x }}{% else %}empty{% endfor %} {% for x in missing %}{{ x }}{% else %}undefined{% endfor %}
{% for x in range(10) %}{% if x == 2 %}{% continue %}{% endif %}{% if x == 5 %}{% break %}{% endif %}{{ x }}{% endfor %}
{% for a in [1,2] %}{% for b in [1,2] %}{% if b == 2 %}{% break %}{% endif %}{{ a }}{{ b }}{{ loop.index }} {% endfor %}{{ loop.index }}{% endfor %}
{{ range(3) }} {{ range(1, 10, 3)|list }} {{ range(5, 0, -2)|list }} {{ range(0)|list }} {{ range(3)|length }} {{ range(4)[2] }} {{ 2 in range(3) }}
{% for a, b in [(1, 2), [3, 4]] %}{{ a + b }} {% endfor %}{% for (a, (b, c)) in [(1, (2, 3))] %}{{ a }}{{ b }}{{ c }}{% endfor %}
{% set a = 1 %}{% for x in [1,2] %}{{ a }}{% set a = a + x %}{{ a }};{% endfor %}{{ a }}
{% set a, b = 1, 'z' %}{{ b }}{{ a }}{% set a = (1, 2) %}{{ a }}{% set a = 1, %}{{ a }}
{% set ns = namespace(n=0, found=false) %}{% for x in l %}{% set ns.n = ns.n + x %}{% endfor %}{{ ns.n }} {{ ns.found }} {{ ns.zz }}| {{ ns }}
{% set ns = namespace() %}{% set ns.a = [] %}{% for x in l %}{% set ns.a = ns.a + [x * 2] %}{% endfor %}{{ ns.a }} {{ namespace({'k': 1}).k }}
{% if t %}{% set inner = 5 %}{% endif %}{{ inner }} {% if f %}{% set other = 5 %}{% endif %}{{ other is defined }}
{% set block %}x {{ s }} y{% endset %}[{{ block }}]{{ block is string }} {% set up | upper %}abc{% endset %}{{ up }} {% set y | replace('a','b') | title %}a c{% endset %}{{ y }}
{% with a = 5, b = i %}{{ a + b }}{% set a = 9 %}{{ a }}{% endwith %}{{ a }}|
{% filter upper %}abc {{ s }}{% endfilter %} {% filter trim | replace('a', 'b') %}  aa  {% endfilter %}|
{% macro m(a, b=2, c='x') %}[{{ a }},{{ b }},{{ c }}]{% endmacro %}{{ m(1) }}{{ m(1, 3) }}{{ m(1, c='q') }}{{ m(c=1, a=2) }}{{ m() }}
{% macro fact(k) %}{% if k <= 1 %}1{% else %}{{ k * fact(k - 1)|int }}{% endif %}{% endmacro %}{{ fact(6) }}
{% macro see() %}{{ later }}{{ s }}{% endmacro %}{% set later = 'L' %}{{ see() }}{% set later = 'M' %}{{ see() }}
{% macro dep(a, b=a) %}{{ a }}{{ b }}{% endmacro %}{{ dep(1) }}{{ dep(1, 2) }} {{ dep is defined }} {{ dep is callable }} {{ nope is defined }}
{% macro loopy(xs) %}{% for x in xs %}{{ x }}{% if x == 2 %}{% break %}{% endif %}{% endfor %}{% endmacro %}{% for y in [1] %}{{ loopy([1,2,3]) }}{% endfor %}
{{ missing }}|{{ missing is defined }}|{{ missing is undefined }}|{{ missing|default('d') }}|{{ missing or 'o' }}|{{ not missing }}|{{ missing == missing2 }}|{{ missing is none }}|{{ missing is iterable }}|{{ missing is sequence }}|{{ missing is string }}|{{ missing is mapping }}
{{ missing|length }}|{{ missing|list }}|{{ missing|join }}|{{ missing|first }}|{{ missing|upper }}|{{ missing|trim }}|{{ missing|string }}|{{ missing|items|list }}|{{ 'a' in missing }}|{{ missing in ['a'] }}|{{ [missing] }}|{{ missing|replace('a','b') }}|{{ missing|last }}|{{ missing|sort }}|{{ missing|sum }}
{{ n|default('d') }} {{ n|default('d', true) }} {{ ''|default('d', boolean=true) }} {{ 0|d(5) }} {{ missing|d }}|
{{ s is defined }} {{ s is string }} {{ i is string }} {{ i is number }} {{ t is number }} {{ x is number }} {{ i is integer }} {{ t is integer }} {{ x is float }} {{ t is boolean }} {{ i is boolean }} {{ n is none }} {{ s is none }} {{ t is true }} {{ 1 is true }} {{ f is false }} {{ none is false }}
{{ l is iterable }} {{ s is iterable }} {{ d is iterable }} {{ i is iterable }} {{ l is sequence }} {{ s is sequence }} {{ d is sequence }} {{ d is mapping }} {{ l is mapping }} {{ range(2) is sequence }} {{ d.keys() is sequence }} {{ d.keys() is iterable }} {{ (1,) is sequence }}
{{ i is odd }} {{ i is even }} {{ 4 is divisibleby 2 }} {{ 4 is divisibleby(3) }} {{ i is eq 7 }} {{ i is equalto(8) }} {{ i is ne 7 }} {{ i is gt 6 }} {{ i is lt(6) }} {{ i is ge 7 }} {{ i is le 7 }} {{ 1 is in [1,2] }} {{ 'z' is in 'abc' }} {{ 'ABC' is upper }} {{ 'abC' is lower }} {{ n is sameas none }} {{ t is sameas true }} {{ 1 is sameas true }} {{ 1 is not in l }}
{{ s is not string }} {{ missing is not defined }} {{ not missing is defined }} {{ n is not none and t }} {{ i is not odd }} {{ x is defined and x is not none }}
{{ s|upper }} {{ s|lower }} {{ 'hELLO wORLD-foo (bar) <baz>'|title }} {{ 'hELLO wORLD'|capitalize }} {{ '  x '|trim }}| {{ 'xxaxx'|trim('x') }} {{ i|upper }} {{ n|lower }} {{ 'ßa'|upper }} {{ 'ΑΣ'|lower }} {{ 'ǆa'|capitalize }}
{{ s.upper() }} {{ s.lower() }} {{ "they're bill's".title() }} {{ 'hELLO'.capitalize() }} {{ spaces.strip() }}| {{ spaces.lstrip() }}| {{ spaces.rstrip() }}| {{ 'xyaxy'.strip('xy') }} {{ 'xya'.lstrip('yx') }} {{ 'axy'.rstrip('yx') }} {{ 'axy'.rstrip(none) }}
{{ 'a,b,,c'.split(',') }} {{ ' a  b c '.split() }} {{ 'a b c d'.split(' ', 1) }} {{ 'a b c d'.split(maxsplit=2) }} {{ 'a b c d'.rsplit(' ', 1) }} {{ ' a b  c '.rsplit(none, 1) }} {{ ''.split() }} {{ ''.split(',') }} {{ 'abc'.split('abc') }} {{ 'a--b--c'.rsplit('--', 1) }}
{{ s.startswith('He') }} {{ s.endswith('ld') }} {{ s.startswith(('x', 'H')) }} {{ s.replace('l', 'L') }} {{ s.replace('l', 'L', 1) }} {{ 'abc'.replace('', '-') }} {{ '🙂a'.replace('', '-') }} {{ 'aaa'.replace('aa', 'b') }} {{ 'x'.replace('', '-', 1) }} {{ s|replace('o', '0') }} {{ s|replace('o', '0', 1) }} {{ i|replace(7, 8) }}
{{ ', '.join(['a', 'b']) }} {{ ''.join('abc') }} {{ '-'.join(d) }} {{ s.find('o') }} {{ s.find('zz') }} {{ s.rfind('o') }} {{ s.index('W') }} {{ s.count('l') }} {{ u.find('x') }} {{ 'abc'.count('') }} {{ 'a-b-c'.partition('-') }} {{ 'a-b-c'.rpartition('-') }} {{ 'abc'.partition('-') }}
{{ '12'.isdigit() }} {{ 'a1'.isdigit() }} {{ ''.isdigit() }} {{ 'ab'.isalpha() }} {{ 'a1'.isalnum() }} {{ ' \n'.isspace() }} {{ 'AB1'.isupper() }} {{ 'ab'.islower() }} {{ '1'.isupper() }} {{ 'a'.isascii() }} {{ '½'.isnumeric() }} {{ 'a\nb\r\nc\n'.splitlines() }} {{ 'a\nb'.splitlines(true) }} {{ 'prefix-x'.removeprefix('prefix-') }} {{ 'x.y'.removesuffix('.y') }}
{{ '{} and {}'.format(1, 'b') }} {{ '{0}{1}{0}'.format('a', 'b') }} {{ '{x}'.format(x=none) }} {{ '{!r} {!s}'.format('a', 'b') }} {{ '{:>5}|{:<5}|{:^5}|{:*^7}'.format('a', 'b', 'c', 'd') }} {{ '{:.2f} {:05.1f} {:d} {:x} {:3d}'.format(3.14159, 2.5, 7, 255, 5) }} {{ '{{}}'.format() }} {{ '{:.2}'.format('abc') }}
{{ '%s %d %r %.2f %5s|%-5s|%05d %%' % ('a', 7, 'q', 3.14159, 'r', 'l', 42) }} {{ '%s' % 5 }} {{ '%(a)s' % {'a': 1} }} {{ '%s-%s'|format('x', 1) }} {{ '%(k)s'|format(k='v') }} {{ '%s' % none }} {{ '%x' % 255 }} {{ '%d' % 3.9 }} {{ '%s' % [1] }}
{{ l|length }} {{ s|length }} {{ u|length }} {{ l|count }} {{ '🙂'|length }} {{ l|first }} {{ l|last }} {{ s|first }} {{ s|last }} {{ el|first }}| {{ el|last }}| {{ d|first }} {{ range(3)|last }}
{{ l|join }} {{ l|join(', ') }} {{ people|join(', ', attribute='name') }} {{ 'abc'|join('-') }} {{ [1, none, true, 1.5, 'x']|join('|') }} {{ el|join(',') }}|
{{ l|sort }} {{ m|sort }} {{ m|sort(case_sensitive=true) }} {{ l|sort(reverse=true) }} {{ people|sort(attribute='age')|map(attribute='name')|list }} {{ people|sort(attribute='age,name', reverse=true)|map(attribute='name')|join }} {{ people|sort(reverse=true, attribute='age')|map(attribute='name')|join }}
{{ d|dictsort }} {{ {'b': 1, 'A': 3, 'c': 2}|dictsort }} {{ {'b': 1, 'A': 3, 'c': 2}|dictsort(true) }} {{ {'b': 1, 'A': 3}|dictsort(by='value', reverse=true) }} {{ {'b': 1, 'a': 2}|dictsort(false, 'value') }}
{{ ['a','A','b','a']|unique|list }} {{ ['a','A']|unique(true)|list }} {{ [1, 1.0, true, 2]|unique|list }} {{ people|unique(attribute='age')|map(attribute='name')|list }} {{ l|reverse|list }} {{ 'abc'|reverse }} {{ d|reverse|list }} {{ l|map('string')|reverse }}
{{ l|min }} {{ l|max }} {{ m|min }} {{ m|max }} {{ el|min }}| {{ people|max(attribute='age') }} {{ ['b','A']|min(case_sensitive=true) }} {{ l|sum }} {{ people|sum(attribute='age') }} {{ l|sum(start=10) }} {{ el|sum }} {{ floats[:2]|sum }} {{ [[1],[2]]|sum(start=[]) }}
{{ people|map(attribute='age')|list }} {{ people|map(attribute='tags.0')|list }}
{{ people[:1]|map(attribute='tags.0')|list }} {{ people|map(attribute='name')|list }} {{ people|map(attribute='tags', default='none')|list }} {{ m|map('upper')|list }} {{ m|map('replace', 'b', 'Q')|join }} {{ ['1','2']|map('int')|sum }} {{ l|map('string')|map('upper')|join('-') }} {{ el|map('upper')|list }}
{{ l|select('gt', 1)|list }} {{ l|reject('equalto', 2)|list }} {{ [0, 1, '', 'a', none]|select|list }} {{ [0, 1]|reject|list }} {{ l|select('odd')|list }} {{ people|selectattr('age', 'equalto', 31)|map(attribute='name')|list }} {{ people|selectattr('tags')|list|length }} {{ people|rejectattr('tags', 'defined')|list|length }} {{ people|selectattr('tags', 'undefined')|map(attribute='name')|first }} {{ messages|selectattr('role', '==', 'user')|map(attribute='content')|list }} {{ messages|rejectattr('role', 'in', ['user', 'system'])|list }}
{{ l|batch(2)|list }} {{ l|batch(2, 'x')|list }} {{ 'abc'|list }} {{ (1,2)|list }} {{ d|items|list }} {{ empty|items|list }} {{ l|map('string')|list is iterable }}
{% set g = l|map('string') %}{{ g|list }}{{ g|list }} {{ g is iterable }} {{ g is sequence }} {{ 'y' if el|map('string') else 'n' }} {% set h = l|select %}{{ h|first }}{{ h|list }}
{{ s|tojson }} {{ l|tojson }} {{ d|tojson }} {{ nested|tojson }} {{ u|tojson }} {{ quote|tojson }} {{ n|tojson }} {{ t|tojson }} {{ x|tojson }} {{ big|tojson }} {{ (1, 'a')|tojson }} {{ floats|tojson }} {{ html|tojson }} {{ el|tojson }} {{ empty|tojson }} {{ {1: 2, none: 3, true: 4, 1.5: 5}|tojson }}
{{ d|tojson(indent=2) }} {{ people|tojson(indent=4) }} {{ nested|tojson(indent=0) }} {{ el|tojson(indent=2) }} {{ {'a': {}, 'b': []}|tojson(indent=1) }} {{ d|tojson(indent='--') }}
{{ u|tojson(ensure_ascii=true) }} {{ u|tojson(true) }} {{ quote|tojson(ensure_ascii=true) }} {{ d|tojson(separators=(',', ':')) }} {{ d|tojson(sort_keys=true) }} {{ d|tojson(indent=2, separators=(', ', ' = '), sort_keys=true) }} {{ d|tojson(indent=none) }} {{ d|tojson(false, 2) }}
{{ '42'|int }} {{ '42.7'|int }} {{ 'x'|int }} {{ 'x'|int(5) }} {{ 'x'|int(default=none) }} {{ 3.9|int }} {{ -3.9|int }} {{ t|int }} {{ n|int }} {{ ' 7 '|int }} {{ '-5'|int }} {{ '1_000'|int }} {{ 'ff'|int(base=16) }} {{ '0x1f'|int(0, 16) }} {{ '1e3'|int }} {{ l|int }} {{ ''|int }} {{ '+3'|int }}
{{ '4.5'|float }} {{ 'x'|float }} {{ 'x'|float(1.5) }} {{ i|float }} {{ ' 1e5 '|float }} {{ 'inf'|float }} {{ '-Infinity'|float }} {{ '.5'|float }} {{ '5.'|float }} {{ n|float }} {{ t|float }} {{ '1_0.5'|float }}
{{ 2.5|round }} {{ 3.5|round }} {{ 2.675|round(2) }} {{ 2.567|round(1) }} {{ 42|round }} {{ 1234.5|round(-2) }} {{ 2.1|round(method='ceil') }} {{ 2.19|round(1, 'floor') }} {{ 1234|round(-2) }} {{ -0.4|round }} {{ -5|abs }} {{ 5.5|abs }} {{ (-5.5)|abs }} {{ true|abs }}
{{ lines|indent }} {{ lines|indent(2) }} {{ lines|indent(2, true) }} {{ lines|indent(2, blank=true) }} {{ lines|indent('> ', first=true) }} {{ ''|indent }}| {{ 'x'|indent(width=3, first=true) }}
{{ html|e }} {{ html|escape }} {{ html|safe }} {{ (html|safe) ~ html }} {{ html|e|e }} {{ ('<'|e) + '<' }} {{ '<' + ('<'|e) }} {{ ('<b>'|safe) + '<i>' }} {{ [html|safe] }} {{ html|e|length }} {{ html|safe|tojson }} {{ 5|e }} {{ (html|e) == html }} {{ '<'|e is escaped }} {{ '<'|e|upper }} {{ ['<'|safe, '<']|join }} {{ html|forceescape }} {{ d|string }} {{ 1.0|string ~ '' }}
{{ -1|abs }} {{ -i }} {{ --i }} {{ +x }} {{ -2 ** 2 }} {{ 2 ** -1 }} {{ - 5 + 3 }} {{ 10 - 5 - 2 }} {{ 100 / 10 / 2 }} {{ 2 * 3 % 4 }}
{{ (1, 2)[0] }} {{ {'a': [1, {'b': 2}]}.a[1].b }} {{ {'x': 1}['x'] }} {{ [[1, 2], [3]][0][1] }} {{ 'abc'[1] }} {{ ('a' ~ 'b')[0] }} {{ ('a' if t else 'b').upper() }} {{ "a" "b" 'c' }} {{ {'a': 1, 'a': 2} }} {{ {1: 'a', 1.0: 'b', true: 'c'} }} {{ {(1, 2): 3}[(1, 2)] }}
{{ 'a\nb\tc\\d\'e\"f\x41\u00e9\U0001f642\101\0' }} {{ '\q\é' }} {{ 'a\🙂' }}
{{ dict(a=1, b=2) }} {{ dict([('x', 1)]) }} {{ dict({'q': 1}, z=2) }} {{ dict() }}
{{ strftime_now('%d %b %Y') }} {{ strftime_now('%Y-%m-%d %H:%M:%S') }} {{ strftime_now('%B %A %a %j %y %I %p %%') }} {{ strftime_now('%e') }} {{ strftime_now('') }}|
{{ d.__class__ }}| {{ s.__len__ is defined }} {{ l.append is defined }} {{ d.update is defined }} {{ d.items is defined }} {{ s.upper is defined }} {{ s.nothing }}| {{ i.nothing }}| {{ n.x }}| {{ n['x'] }}| {{ l.x }}| {{ d.pop }}|
{{ l.index(1) }} {{ l.count(3) }} {{ l.copy() }} {{ d.copy() }} {{ [1,2,3].index(3) }}
{% raw %}{{ not }} {% if %}{% endraw %}|{% raw -%}  x  {%- endraw %}|{%- raw %} y {% endraw -%}  z
a {# comment #} b {#- strip -#} c
a
   {# comment line #}
b
  {% if t %}
    indented {{ s }}
  {% endif %}
end
x  {%- if t -%}  y  {%- endif -%}  z
x  {%+ if t %}  y  {%+ endif %}  z
  {%+ if t +%}
keep
{% endif +%}
end
a {{- s -}} b {{ s -}}   c {{- s }} d
{{+ 5 }} {{- 5 }} {{-5}}
line1

{% set q = 1 %}

line2
	{% if t %}	tab{% endif %}	
x{% if t %}
y{% endif %}
z
{% for x in l %}
  {{ x }}
{% endfor %}
{% for x in l -%}
  {{ x }}
{%- endfor %}
{% for x in l %}{{ x }}
{% endfor %}.
{% if f %}a{% elif n %}b{% elif t %}c{% else %}d{% endif %}{% if f %}a{% elif n %}b{% else %}d{% endif %}
{% if 1, %}tuple{% endif %}{% if (f) %}x{% endif %}{% if not f %}y{% endif %}{% if l and d %}z{% endif %}
{%if t%}a{%endif%}{%-if t-%} b {%-endif-%}{{s}}{{-s-}}
{% if t: %}colon{% endif %}{% for x in l: %}{{ x }}{% endfor %}
{% set x = {'a': [1, 2], 'b': {'c': (1, 2)}} %}{{ x.b.c[1] }}{{ x['a'][0] }}{{ x }}
{% set loop_var = [] %}{% for i in range(3) %}{% set loop_var = loop_var + [i] %}{{ loop_var }}{% endfor %}{{ loop_var }}
{% for m in messages if m.role != 'system' %}{{ loop.index }}{{ m.role }}{% if not loop.last %},{% endif %}{% endfor %}
{% for m in messages %}{% if loop.first and m['role'] == 'system' %}S:{{ m.content }}{% elif m is mapping and 'content' in m %}{{ m['role'][0]|upper }}:{{ m.content|trim }}{% endif %};{% endfor %}
{% set first = messages|selectattr('role', 'equalto', 'user')|first %}{{ first.content }} {{ (messages|map(attribute='role')|list)[-1] }} {{ messages[-1]['content'] }} {{ messages[1:]|length }} {{ messages[::-1][0].content }}
{% generation %}kept {{ s }}{% set hidden = 1 %}{% endgeneration %}{{ hidden is defined }}
{% for x in l %}{% generation %}{{ x }}{{ loop.index }}{% endgeneration %}{% endfor %}
{% set x %}{% for y in l %}{{ y }}{% if y == 1 %}{% break %}{% endif %}{% endfor %}{% endset %}{{ x }}
{{ 'a' if missing is defined else 'b' }} {{ missing if missing is defined else 'none' }} {{ (missing|default({})).x }}| {{ d.zz is defined and d.zz.y }} {{ d.c is none }} {{ d.zz|default(d.a) }}
{{ [1, 2, 3,] }} {{ {'a': 1,} }} {{ (1, 2,) }} {{ m[1:3]|join(',',) }} {{ [ ] }} {{ { } }}
{{ {'role': 'user'} in [{'role': 'user'}] }} {{ messages[0] == messages[0] }} {{ [1, [2, 3]] == [1, [2, 3]] }} {{ 'a' == 1 }} {{ none == false }} {{ missing != none }} {{ '1' == 1 }} {{ 1.5 < 2 }} {{ big > 1.5 }} {{ 0.1 + 0.2 == 0.3 }}
{{ s.split(' ')[0].lower().replace('h', 'j') }} {{ (s ~ '!').split()[-1] }} {{ s.split()|map('lower')|join('_') }} {{ 'a.b'.split('.')|last|upper }} {{ s|lower|replace(' ', '-')|upper|length }}
{{ l|tojson|length }} {{ (l|tojson)[1:-1] }} {{ (d|tojson).startswith('{') }} {{ '{"a": ' + (l|tojson) + '}' }} {{ l|string }} {{ l|string|length }} {{ (i|string) + 'x' }} {{ x|string }}
{{ 'x' is string and 'y' is not mapping }} {{ 'x' in ['x'] and 'y' }} {{ 1 in [1] == true }} {{ (1 in [1]) == true }} {{ not 'x' in 'y' }} {{ 1 if 0 else 2 + 3 }} {{ (1 if 1 else 2) + 3 }}
{{ ''|length == 0 }} {{ l|length > 2 }} {{ l|length - 1 }} {{ i is odd and x > 2 }} {{ s|length * 2 }} {{ l[l|length - 1] }} {{ l[-1] * 2 }} {{ messages|length % 2 == 0 }}
{{ true }}{{ True }}{{ false }}{{ False }}{{ none }}{{ None }} {{ not none }} {{ [true, None] }}
{{ 1.0 }} {{ 1e5 }} {{ 1.5e3 }} {{ 2.5E-3 }} {{ 1e16 }} {{ 123456.789e3 }} {{ 1.e }}|
{{ s.x.y }}
{{ missing.x }}
{{ missing['x'] }}
{{ missing + 1 }}
{{ 'a' + missing }}
{{ missing() }}
{{ missing|tojson }}
{{ missing|int }}
{{ missing < 1 }}
{{ missing[1:] }}
{{ 'a' + 1 }}
{{ 1 + 'a' }}
{{ none + 'a' }}
{{ 'a' < 1 }}
{{ l < 'a' }}
{{ 1 / 0 }}
{{ 1 % 0 }}
{{ 1 // 0.0 }}
{{ 1 in 5 }}
{{ 5 in 'abc' }}
{{ l.append(1) }}
{{ d.update({}) }}
{{ d.pop('a') }}
{{ d.__class__.x }}
{{ l.sort() }}
{{ i() }}
{{ s() }}
{{ 'abc'.index('z') }}
{{ 'a b'.split('') }}
{{ {[1]: 2} }}
{{ [1]|join(1, 2, 3) }}
{{ l|sort(foo=1) }}
{{ i|length }}
{{ i|list }}
{{ n|join }}
{{ n|length }}
{{ ['a', 1]|sort }}
{{ [1, 'a']|max }}
{{ ['a']|sum }}
{{ {1: 2}|tojson|tojson|tojson }} {{ l.index(99) }}
{{ range(1000000) }}
{{ range(1, 2, 0) }}
{{ namespace(a=1) and raise_exception('stop here: ' ~ s) }}
{% set ns = namespace(a=1) %}{% set s.x = 1 %}
{% for a, b in [1] %}{% endfor %}
{% for a, b in [(1, 2, 3)] %}{% endfor %}
{% for x in 5 %}{% endfor %}
{% set a, b = [1] %}
{% macro m(a) %}{% endmacro %}{{ m(1, 2) }}
{% macro m(a) %}{% endmacro %}{{ m(b=2) }}
{{ 'x' is odd }}
{{ s is divisibleby 0 }}
{{ 1 is in 5 }}
{{ '{}'.format() }}
{{ '%s %s' % ('a',) }}
{{ '%d' % 'a' }}
{{ '%s' % ('a', 'b') }}
{{ strftime_now() }}
{{ raise_exception() }}
{{ raise_exception('plain message') }}
{{ ''.join([1]) }}
{{ s[::0] }}
{{ '5' * '5' }}
{{ l - l }}
{{ -s }}
{{ l|items|list }}
{{ i|first }}
{{ l|map }}{{ l|map('nofilter')|list }}
{{ l|round }}
{{ s|abs }}
{% if %}x{% endif %}
{% if t %}x
{% endif %}
{% for %}{% endfor %}
{% for x in l %}{% endif %}
{% endfor %}
{% break %}
{% for x in l %}{% macro m() %}{% break %}{% endmacro %}{% endfor %}
{{ 1 + }}
{{ (1 }}
{{ [1, 2 }}
{{ 'abc }}
{{ a b }}
{{ }}
{{ 1 | }}
{{ x is }}
{{ 'a' is string is string }}
{% set %}
{% set 5 = 1 %}
{% set true = 1 %}
{% set a.b.c = 1 %}
{% unknown %}
{{ x ? 1 : 2 }}
{{ x && y }}
{{ a.1b }}
{# open
{% raw %} open
{% if t
{{ x
{{ 5 % }}
{% macro m(a=1, b) %}{% endmacro %}
{{ m(a=1, 2) }}
{% elif %}
{{ '\x4' }}
{{ not }}
{{ 1 < }}
{{ loop.index }}
{{ s | nofilter }}
{{ s is notest }}
"""

MULTILINE = [
    "{{ 'a\\\nb' }} {{ 'multi\nline' }}",
    "  {% if t %}\n    x\n  {% endif %}\n",
    "a\n  {%- if t %}\n    x\n  {%- endif %}\nb\n",
    "a\r\n  {% if t %}\r\n x\r{% endif %}\r\nb\r\n\r\n",
    "\n\n{% if t %}\n\nx\n\n{% endif %}\n\n",
    "{% for x in l %}\n  {%- if x > 1 %}\n{{ x }}\n  {%- endif %}\n{% endfor %}\nend",
    "{% for x in l -%}\n   {{ x }}\n{% endfor -%}\n\n end\n\n",
    "  {{ s }}  \n  {{- s }}\n\t{{ s -}}\n  x\n",
    "{#- a -#}\n\n  x  {# b #}\n  {# c #}  \n y{# d\n e #}\nz",
    "  {# indented #}\nx\n {#+ kept +#}\ny",
    "text {% raw %}\n  {{ raw }}\n  {% endraw %}\nafter\n  {% raw %}x{% endraw %}\n",
    "  {%- raw -%}\n  {{ raw }}\n  {%- endraw -%}\n  after",
    "{% set x %}\n  block\n{% endset %}\n[{{ x }}]\n",
    "{% macro m(a) %}\n  <{{ a }}>\n{% endmacro %}\n{{ m(1) }}{{ m(2) }}",
    "{% macro m(a) -%}\n  <{{ a }}>\n{%- endmacro %}\n{{ m(1) }}\n{{ m(2) }}\n",
    "{{ s }}\n", "{{ s }}\n\n", "{{ s }}", "\n", "", "plain { text } with % and # {", "a {{ '}}' }} b {{ '%}' }} {{ {'a': {'b': 1}}.a.b }}",
    "{% if t %}\n{% if f %}\n{% else %}\n  deep\n{% endif %}\n{% endif %}\ntail",
    "x\x0b {% if t %}y{% endif %}\n\x0c{% if t %}z{% endif %}", "\u00a0\u2003{%- if t -%}\u00a0 y \u2028{%- endif %}",
    "{{ '\n' }}{{ \"a\r\nb\" }}|{{ 'a\\r\\nb' }}",
    "{%- set a = 1 -%}\n{%- set b = 2 -%}\n\n{{ a + b }}\n\n{%- set c = 3 %}\n{{ c }}",
    "{% for i in range(3) %}{% for j in range(2) %}{{ loop.index }}{{ i }}{{ j }} {% endfor %}{{ loop.index }}\n{% endfor %}",
    "{% set ns = namespace(on=true) %}{% for x in l if ns.on %}{{ x }}{% set ns.on = false %}{% else %}none{% endfor %}",
    "{% set ns = namespace(on=true) %}{% for x in l if ns.on %}{{ x }}{{ loop.last }}{% set ns.on = false %}{% endfor %}",
    "{% set x = 'outer' %}{% for i in [1] %}{% if t %}{% set x = 'inner' %}{% endif %}{{ x }}{% endfor %}{{ x }}",
    "{% for i in [1,2] %}{% if i == 2 %}{{ seen is defined }}{% endif %}{% set seen = 1 %}{% endfor %}",
    "{% for s in l %}{{ s }}{% endfor %}{{ s }}", "{% for x in l %}{% else %}{% set q = 1 %}{% endfor %}{{ q is defined }}",
    "{% macro a() %}{% set s = 'changed' %}{{ s }}{% endmacro %}{{ a() }}{{ s }}",
    "{% macro outer() %}{% macro inner() %}in{% endmacro %}{{ inner() }}{% endmacro %}{{ outer() }}{{ inner is defined }}",
    "{% set l = l + [9] %}{{ l }}{% set messages = messages[1:] %}{{ messages|length }}",
    "{% with %}{% set a = 1 %}{{ a }}{% endwith %}{{ a is defined }}", "{% with x = 1 %}{% with y = x %}{{ y }}{% endwith %}{% endwith %}",
]


def render(source, variables):
    try:
        return {"expected": compiled(source).render(**variables)}
    except RecursionError:
        raise
    except Exception as mistake:  # every failure of the reference must be one of ours
        raised = type(mistake) is jinja2.exceptions.TemplateError
        return {"error": str(mistake) if raised else ""}


def template_cases(folder):
    for path in sorted(folder.glob("*.jinja")):
        source = path.read_bytes().decode()
        for name, messages in CONVERSATIONS.items():
            for tools in ({}, {"tools": None}, {"tools": TOOLS}):
                for prompt in (False, True):
                    variables = {"messages": messages, "add_generation_prompt": prompt, "bos_token": "<s>",
                                 "eos_token": "</s>", **tools}
                    yield case(f"{path.stem} {name} {len(tools.get('tools') or '') if tools else '-'} {prompt}", path.name,
                               source, variables, f"conversation {name}")
        for extra in ({"builtin": ["interpreter", "find_locker"], "builtin_tools": ["code_interpreter", "find_locker"]},
                      {"tools_with_user": False, "tools_in_user_message": False}, {"think": False, "enable_thinking": False},
                      {"date": "9 Sep 2026", "date_string": "9 Sep 2026"}):
            variables = {"messages": CONVERSATIONS["tools"], "add_generation_prompt": True, "bos_token": "", "eos_token": "</s>",
                         "tools": TOOLS, **extra}
            yield case(f"{path.stem} with {sorted(extra)[0]}", path.name, source, variables, "extra")


def case(name, template, source, variables, _kind):
    return {"name": name, "template": template, "variables": variables, **render(source, variables)}


def snippet_cases():
    sources = [line for line in SNIPPETS.strip("\n").split("\n")]
    for number, source in enumerate(sources + MULTILINE):
        yield {"name": f"snippet {number}", "source": source, **render(source, DATA)}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--templates", type=pathlib.Path, default=TESTS / "chat-templates", help="folder of *.jinja files")
    parser.add_argument("--out", type=pathlib.Path, default=TESTS / "chat-template-cases.json.gz", help="where to write")
    options = parser.parse_args()
    sources = {path.name: path.read_bytes().decode() for path in sorted(options.templates.glob("*.jinja"))}
    cases = [*snippet_cases(), *template_cases(options.templates)]
    document = {"jinja2": jinja2.__version__, "now": NOW.isoformat() + "Z", "data": DATA, "templates": sources, "cases": cases}
    text = json.dumps(document, ensure_ascii=True, separators=(",", ":"))
    options.out.write_bytes(gzip.compress(text.encode(), mtime=0))
    failing = sum("error" in each for each in cases)
    print(f"{len(cases)} cases, {failing} of them refused by jinja2, to {options.out}")


if __name__ == "__main__":
    main()
