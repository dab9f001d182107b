package dev.paddock.llama.inference.libtorch;

import dev.paddock.llama.adapter.RoutingKernels;
import dev.paddock.llama.config.LlamaConfig;
import java.util.Locale;
import java.util.Map;

/**
 * The TorchScript text of a decoder that appends rows to the caches of several sequences.
 *
 * <p>N rows of the step (all sequences' tokens), n rows of one sequence, D hidden size, H query heads, K key and value heads, G
 * query heads of one key head, E head size, T tokens in a sequence's cache, L layers, V vocabulary.
 *
 * <p>Weights are one list: embedding {@code [V, D]}, last norm {@code [D]}, output {@code [V, D]}, then ten tensors a layer: norm,
 * joined q, k, v {@code [(H + 2K)E, D]} and bias, o and bias, norm, joined gate and up and bias, down and bias; an absent bias is
 * empty. Where matrices come one layer at a time ({@link SharedTensors}), all layers have the same four, embedding and output are
 * empty, and logits are scored in the place of the normed rows. Sequences without a cache yet come first and attend to the step's own rows, several short ones in one product under a mask
 * that keeps them apart; their keys and values go into the caches at the end. A unit of attention is four numbers: first row, end
 * row, cached tokens, and index of the sequence. Caches are two tensors a sequence ({@link CachedSequence}): numbers {@code [L, 2, K,
 * capacity, E]}, and the scales of those in 8 bits {@code [L, 2, K, capacity, 1]}, else without tokens. Adapters come as twelve tensors a layer: A {@code [r, in]}
 * ({@code [r, out]} for a series adapter), B {@code [out, r]} (scale included) and C of the four products. C has as many rows as the
 * number of the adapter's form says: 1 for LoRA, 3 for parallel and 4 for series bottlenecks, all without columns; 2 for DoRA, of
 * {@code out} columns: what outputs are multiplied with, and what is added then. Several adapters under gates have a C of one
 * dimension ({@link RoutingKernels}); with which weights they act on a row is summed over all layers in {@code acted}
 * {@code [N, adapters]}.
 */
final class DecoderScript {
    private static final String TEXT = """
              def empty(self: SELF, shape: List[int], dtype: int) -> Tensor:
                return torch.empty(shape, dtype=dtype)
              def matrices(self: SELF, shapes: List[int], dtype: int) -> List[Tensor]:
                ends = [0]
                for m in range(torch.len(shapes) // 2):
                  ends.append((ends[m] + shapes[m * 2] * shapes[m * 2 + 1] + 31) // 32 * 32)
                memory = torch.empty([ends[-1]], dtype=dtype)
                matrices = [memory]
                for m in range(torch.len(shapes) // 2):
                  columns = shapes[m * 2 + 1]
                  matrices.append(torch.as_strided(memory, [shapes[m * 2], columns], [columns, 1], ends[m]))
                return matrices
              def fill(self: SELF, into: Tensor, first: int, rows: Tensor):
                torch.copy_(torch.slice(into, 0, first, first + rows.size(0)), rows)
              def begin(self: SELF, child: Tensor, parent: Tensor, tokens: int):
                torch.copy_(torch.slice(child, 3, 0, tokens), torch.slice(parent, 3, 0, tokens))
              def put(self: SELF, numbers: Tensor, scales: Tensor, rows: Tensor):
                if scales.size(-2) == 0:
                  torch.copy_(numbers, rows)
                else:
                  exact = rows.to(6)
                  scale = torch.div(torch.amax(torch.abs(exact), [-1], True), 127.)
                  torch.copy_(numbers, torch.round(torch.div(exact, torch.clamp_min(scale, 1e-30))))
                  torch.copy_(scales, scale)
              def got(self: SELF, numbers: Tensor, scales: Tensor, dtype: int) -> Tensor:
                rows = numbers
                if scales.size(-2) > 0:
                  rows = torch.mul(numbers.to(6), scales).to(dtype)
                return rows
              def append(self: SELF, numbers: Tensor, scales: Tensor, layer: int, first: int, keys: Tensor, values: Tensor):
                end = first + keys.size(0)
                n = torch.slice(torch.select(numbers, 0, layer), 2, first, end)
                s = torch.slice(torch.select(scales, 0, layer), 2, first, end)
                self.put(torch.select(n, 0, 0), torch.select(s, 0, 0), torch.transpose(keys, 0, 1))
                self.put(torch.select(n, 0, 1), torch.select(s, 0, 1), torch.transpose(values, 0, 1))
              def cached(self: SELF, numbers: Tensor, scales: Tensor, layer: int, first: int, last: int) -> Tensor:
                n = torch.slice(torch.select(numbers, 0, layer), 2, first, last)
                s = torch.slice(torch.select(scales, 0, layer), 2, first, last)
                return torch.contiguous(torch.transpose(self.got(n, s, 6), 1, 2)).to(6)
              def extended(self: SELF, numbers: Tensor, scales: Tensor, first: int, rows: Tensor) -> Tensor:
                end = first + rows.size(1)
                self.put(torch.slice(numbers, 1, first, end), torch.slice(scales, 1, first, end), rows)
                return self.got(torch.slice(numbers, 1, 0, end), torch.slice(scales, 1, 0, end), rows.dtype)
              def norm(self: SELF, x: Tensor, w: Tensor) -> Tensor:
                return torch.rms_norm(x, [${D}], w, ${EPSILON})
              def product(self: SELF, x: Tensor, w: Tensor, b: Optional[Tensor]) -> Tensor:
                if x.size(0) == 1 and ${ONEDNN}:
                  y = ops.mkldnn._linear_pointwise(x, w, b, "none", annotate(List[Optional[number]], []), "")
                else:
                  y = torch.linear(x, w, b)
                return y
              def adapt(self: SELF, y: Tensor, x: Tensor, groups: List[int], adapters: List[Tensor], index: int, acted: Tensor):
                for g in range(torch.len(groups) // 3):
                  first = groups[g * 3]
                  last = groups[g * 3 + 1]
                  i = (groups[g * 3 + 2] * ${L} * 4 + index) * 3
                  a = adapters[i]
                  c = adapters[i + 2]
                  if a.size(0) > 0:
                    rows = torch.slice(y, 0, first, last)
                    if torch.dim(c) == 1:
                      t, w = self.route(rows, torch.slice(x, 0, first, last), a, adapters[i + 1], c)
                      self.act(torch.slice(acted, 0, first, last), w, int(c[0]))
                    else:
                      self.form(rows, torch.slice(x, 0, first, last), a, adapters[i + 1], c)
              def form(self: SELF, rows: Tensor, x: Tensor, a: Tensor, b: Tensor, c: Tensor):
                kind = c.size(0)
                if kind == 4:
                  thin = torch.linear(rows, a, None)
                else:
                  thin = torch.linear(x, a, None)
                if kind > 2:
                  torch.tanh_(thin)
                torch.addmm_(rows, thin, torch.t(b))
                if kind == 2:
                  torch.add_(torch.mul_(rows, c[0]), c[1])
              def act(self: SELF, acted: Tensor, w: Tensor, adapters: int):
                torch.add_(torch.slice(acted, 1, 0, adapters), torch.sum(torch.reshape(w, [w.size(0), -1, adapters]), [1]))
              def rotate(self: SELF, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
                swapped = torch.cat([torch.slice(x, -1, ${HALF}, ${E}), torch.slice(x, -1, 0, ${HALF})], -1)
                return torch.addcmul(torch.mul(x, cos), swapped, sin)
              def causal(self: SELF, n: int, position: int, dtype: int) -> Tensor:
                return torch.triu(torch.full([n, position + n], -inf, dtype=dtype), position + 1)
              def apart(self: SELF, owners: Tensor, dtype: int) -> Tensor:
                strange = torch.ne(torch.unsqueeze(owners, 1), torch.unsqueeze(owners, 0))
                return torch.masked_fill(self.causal(owners.size(0), 0, dtype), strange, -inf)
              def masks(self: SELF, units: List[int], owners: Tensor, dtype: int) -> List[Tensor]:
                masks = annotate(List[Tensor], [])
                for u in range(torch.len(units) // 4):
                  first = units[u * 4]
                  last = units[u * 4 + 1]
                  if units[u * 4 + 2] > 0:
                    masks.append(self.causal(last - first, units[u * 4 + 2], dtype))
                  else:
                    own = torch.slice(owners, 0, first, last)
                    if torch.equal(torch.slice(own, 0, 0, 1), torch.slice(own, 0, -1)):
                      masks.append(torch.empty([0], dtype=dtype))
                    else:
                      masks.append(self.apart(own, dtype))
                return masks
              def attend(self: SELF, q: Tensor, keys: Tensor, values: Tensor, mask: Tensor) -> Tensor:
                n = q.size(0)
                grouped = torch.permute(torch.reshape(q, [n, ${K}, ${G}, ${E}]), [1, 2, 0, 3])
                k = torch.unsqueeze(keys, 1)
                v = torch.unsqueeze(values, 1)
                if n == 1:
                  rows = torch.transpose(grouped, 1, 2)
                  o = torch.transpose(torch.scaled_dot_product_attention(rows, k, v, None, 0., False), 1, 2)
                else:
                  shape = [${K}, ${G}, keys.size(1), ${E}]
                  k = torch.expand(k, shape, implicit=False)
                  v = torch.expand(v, shape, implicit=False)
                  if mask.size(0) == 0:
                    o = torch.scaled_dot_product_attention(grouped, k, v, None, 0., True)
                  else:
                    o = torch.scaled_dot_product_attention(grouped, k, v, mask, 0., False)
                return torch.reshape(torch.permute(o, [2, 0, 1, 3]), [n, ${HE}])
              def attention(self: SELF, qkv: Tensor, cos: Tensor, sin: Tensor, caches: List[Tensor], units: List[int], masks: List[Tensor], fresh: Tensor, layer: int) -> Tensor:
                heads = torch.reshape(qkv, [-1, ${HEADS}, ${E}])
                qk = self.rotate(torch.slice(heads, 1, 0, ${HK}), cos, sin)
                queries = torch.slice(qk, 1, 0, ${H})
                keys = torch.transpose(torch.slice(qk, 1, ${H}, ${HK}), 0, 1)
                values = torch.transpose(torch.slice(heads, 1, ${HK}, ${HEADS}), 0, 1)
                begun = torch.select(fresh, 0, layer)
                torch.copy_(torch.select(begun, 0, 0), torch.slice(keys, 1, 0, fresh.size(3)))
                torch.copy_(torch.select(begun, 0, 1), torch.slice(values, 1, 0, fresh.size(3)))
                out = annotate(List[Tensor], [])
                for u in range(torch.len(units) // 4):
                  first = units[u * 4]
                  last = units[u * 4 + 1]
                  position = units[u * 4 + 2]
                  q = torch.slice(queries, 0, first, last)
                  k = torch.slice(keys, 1, first, last)
                  v = torch.slice(values, 1, first, last)
                  if position > 0:
                    numbers = torch.select(caches[units[u * 4 + 3] * 2], 0, layer)
                    scales = torch.select(caches[units[u * 4 + 3] * 2 + 1], 0, layer)
                    k = self.extended(torch.select(numbers, 0, 0), torch.select(scales, 0, 0), position, k)
                    v = self.extended(torch.select(numbers, 0, 1), torch.select(scales, 0, 1), position, v)
                  out.append(self.attend(q, k, v, masks[u]))
                return torch.cat(out)
              def keep(self: SELF, caches: List[Tensor], segments: List[int], fresh: Tensor):
                for s in range(torch.len(caches) // 2):
                  if segments[s * 3 + 2] == 0:
                    first = segments[s * 3]
                    last = segments[s * 3 + 1]
                    numbers = torch.slice(caches[s * 2], 3, 0, last - first)
                    scales = torch.slice(caches[s * 2 + 1], 3, 0, last - first)
                    self.put(numbers, scales, torch.slice(fresh, 3, first, last))
              def joined(self: SELF, x: Tensor, w: List[Tensor], groups: List[int], adapters: List[Tensor], acted: Tensor, l: int) -> Tensor:
                i = 3 + l * 10
                h = self.norm(x, w[i])
                qkv = self.product(h, w[i + 1], ${QKV_BIAS})
                self.adapt(qkv, h, groups, adapters, l * 4, acted)
                return qkv
              def rest(self: SELF, x: Tensor, o: Tensor, w: List[Tensor], groups: List[int], adapters: List[Tensor], acted: Tensor, l: int) -> Tensor:
                i = 3 + l * 10
                y = self.product(o, w[i + 3], ${O_BIAS})
                self.adapt(y, o, groups, adapters, l * 4 + 1, acted)
                x = torch.add(x, y)
                h = self.norm(x, w[i + 5])
                gu = self.product(h, w[i + 6], ${GU_BIAS})
                self.adapt(gu, h, groups, adapters, l * 4 + 2, acted)
                m = torch.mul_(torch.silu(torch.slice(gu, 1, 0, ${F})), torch.slice(gu, 1, ${F}, ${FF}))
                y = self.product(m, w[i + 8], ${DOWN_BIAS})
                self.adapt(y, m, groups, adapters, l * 4 + 3, acted)
                return torch.add(x, y)
              def begun(self: SELF, rows: int, dtype: int) -> Tensor:
                return torch.empty([${L}, 2, ${K}, rows, ${E}], dtype=dtype)
              def some(self: SELF, x: Tensor, cos: Tensor, sin: Tensor, w: List[Tensor], caches: List[Tensor], units: List[int], masks: List[Tensor], fresh: Tensor, groups: List[int], adapters: List[Tensor], acted: Tensor, first: int, last: int) -> Tensor:
                cos = torch.unsqueeze(cos.to(x.dtype), 1)
                sin = torch.unsqueeze(sin.to(x.dtype), 1)
                for l in range(first, last):
                  qkv = self.joined(x, w, groups, adapters, acted, l)
                  o = self.attention(qkv, cos, sin, caches, units, masks, fresh, l)
                  x = self.rest(x, o, w, groups, adapters, acted, l)
                return x
              def layers(self: SELF, ids: Tensor, cos: Tensor, sin: Tensor, w: List[Tensor], caches: List[Tensor], segments: List[int], units: List[int], owners: Tensor, groups: List[int], adapters: List[Tensor], acted: Tensor) -> Tensor:
                x = torch.embedding(w[0], ids)
                masks = self.masks(units, owners, x.dtype)
                fresh = self.begun(owners.size(0), x.dtype)
                x = self.some(x, cos, sin, w, caches, units, masks, fresh, groups, adapters, acted, 0, ${L})
                self.keep(caches, segments, fresh)
                return x
              def normed(self: SELF, x: Tensor, rows: Tensor, w: List[Tensor]) -> Tensor:
                return self.norm(torch.index_select(x, 0, rows), w[1])
              def logits(self: SELF, x: Tensor, rows: Tensor, w: List[Tensor]) -> Tensor:
                return self.product(self.normed(x, rows, w), w[2], None).to(6)
              def transposed(self: SELF, x: Tensor, outputs: int) -> Tensor:
                return torch.t(torch.slice(x, 1, 0, outputs))
              def part(self: SELF, into: Tensor, h: Tensor, w: Tensor, first: int):
                last = ops.prim.min(first + w.size(1), into.size(1))
                torch.copy_(torch.slice(into, 1, first, last), torch.matmul(h, torch.slice(w, 1, 0, last - first)))
              def score(self: SELF, logits: Tensor, targets: Tensor, alternatives: int) -> Tuple[Tensor, Tensor, Tensor]:
                p = torch.log_softmax(logits.to(6), -1)
                chosen = torch.squeeze(torch.gather(p, 1, torch.unsqueeze(targets, 1)), 1)
                likeliest, ids = torch.topk(p, alternatives, -1)
                return (chosen, ids, likeliest)
              def scores(self: SELF, x: Tensor, targets: Tensor, alternatives: int, w: List[Tensor]) -> Tuple[Tensor, Tensor, Tensor]:
                n = targets.size(0)
                chosen = annotate(List[Tensor], [])
                ids = annotate(List[Tensor], [])
                likeliest = annotate(List[Tensor], [])
                for c in range((n + 127) // 128):
                  a = c * 128
                  b = ops.prim.min(a + 128, n)
                  logits = torch.slice(x, 0, a, b)
                  if w[2].size(0) > 0:
                    logits = torch.linear(logits, w[2], None)
                  one, two, three = self.score(logits, torch.slice(targets, 0, a, b), alternatives)
                  chosen.append(one)
                  ids.append(two)
                  likeliest.append(three)
                return (torch.cat(chosen), torch.cat(ids), torch.cat(likeliest))
            """;

    private DecoderScript() {}

    /** @param oneDnn whether libtorch has oneDNN for the model's numbers, whose one-row products are the faster ones */
    static String of(LlamaConfig config, boolean oneDnn) {
        int heads = config.heads() + config.keyValueHeads();
        Map<String, Object> values = Map.ofEntries(
                Map.entry("D", config.hiddenSize()),
                Map.entry("L", config.layers()),
                Map.entry("H", config.heads()),
                Map.entry("K", config.keyValueHeads()),
                Map.entry("G", config.heads() / config.keyValueHeads()),
                Map.entry("E", config.headSize()),
                Map.entry("HALF", config.headSize() / 2),
                Map.entry("HE", config.querySize()),
                Map.entry("HK", heads),
                Map.entry("HEADS", heads + config.keyValueHeads()),
                Map.entry("F", config.intermediateSize()),
                Map.entry("FF", 2 * config.intermediateSize()),
                Map.entry("EPSILON", decimal(config.normEpsilon())),
                Map.entry("ONEDNN", oneDnn ? "True" : "False"),
                Map.entry("QKV_BIAS", config.attentionBias() ? "w[i + 2]" : "None"),
                Map.entry("O_BIAS", config.attentionBias() ? "w[i + 4]" : "None"),
                Map.entry("GU_BIAS", config.mlpBias() ? "w[i + 7]" : "None"),
                Map.entry("DOWN_BIAS", config.mlpBias() ? "w[i + 9]" : "None"));
        String text = TEXT + DocumentKernels.TEXT + RoutingKernels.text();
        for (Map.Entry<String, Object> value : values.entrySet()) {
            text = text.replace("${" + value.getKey() + "}", value.getValue().toString());
        }
        return text;
    }

    private static String decimal(double value) {
        return String.format(Locale.ROOT, "%.17g", value);
    }
}
