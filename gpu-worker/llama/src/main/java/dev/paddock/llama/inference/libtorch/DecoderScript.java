package dev.paddock.llama.inference.libtorch;

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
 * empty. Adapters come as eight tensors a layer: A {@code [r, in]} and B {@code [out, r]} (scale included) of the four products.
 */
final class DecoderScript {
    private static final String TEXT = """
              def empty(self: SELF, shape: List[int], dtype: int) -> Tensor:
                return torch.empty(shape, dtype=dtype)
              def fill(self: SELF, into: Tensor, first: int, rows: Tensor):
                torch.copy_(torch.slice(into, 0, first, first + rows.size(0)), rows)
              def begin(self: SELF, child: Tensor, parent: Tensor, tokens: int):
                torch.copy_(torch.slice(child, 3, 0, tokens), torch.slice(parent, 3, 0, tokens))
              def norm(self: SELF, x: Tensor, w: Tensor) -> Tensor:
                return torch.rms_norm(x, [${D}], w, ${EPSILON})
              def product(self: SELF, x: Tensor, w: Tensor, b: Optional[Tensor]) -> Tensor:
                if x.size(0) == 1 and ${ONEDNN}:
                  y = ops.mkldnn._linear_pointwise(x, w, b, "none", annotate(List[Optional[number]], []), "")
                else:
                  y = torch.linear(x, w, b)
                return y
              def adapt(self: SELF, y: Tensor, x: Tensor, groups: List[int], adapters: List[Tensor], index: int):
                for g in range(torch.len(groups) // 3):
                  first = groups[g * 3]
                  last = groups[g * 3 + 1]
                  i = (groups[g * 3 + 2] * ${L} * 4 + index) * 2
                  a = adapters[i]
                  b = adapters[i + 1]
                  if a.size(0) > 0:
                    thin = torch.linear(torch.slice(x, 0, first, last), a, None)
                    torch.addmm_(torch.slice(y, 0, first, last), thin, torch.t(b))
              def rotate(self: SELF, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
                swapped = torch.cat([torch.slice(x, -1, ${HALF}, ${E}), torch.slice(x, -1, 0, ${HALF})], -1)
                return torch.addcmul(torch.mul(x, cos), swapped, sin)
              def causal(self: SELF, n: int, position: int, dtype: int) -> Tensor:
                open = torch.full([n, position + n], -inf, dtype=dtype)
                return torch.unsqueeze(torch.repeat(torch.triu(open, position + 1), [${G}, 1]), 0)
              def attend(self: SELF, q: Tensor, k: Tensor, v: Tensor, cache: Tensor, position: int, mask: Tensor) -> Tensor:
                n = q.size(0)
                end = position + n
                keys = torch.select(cache, 0, 0)
                values = torch.select(cache, 0, 1)
                torch.copy_(torch.slice(keys, 1, position, end), torch.transpose(k, 0, 1))
                torch.copy_(torch.slice(values, 1, position, end), torch.transpose(v, 0, 1))
                keys = torch.slice(keys, 1, 0, end)
                values = torch.slice(values, 1, 0, end)
                stacked = torch.permute(torch.reshape(q, [n, ${K}, ${G}, ${E}]), [1, 2, 0, 3])
                rows = torch.reshape(stacked, [${K}, ${G} * n, ${E}])
                if n == 1:
                  o = torch.squeeze(torch.scaled_dot_product_attention(torch.unsqueeze(rows, 0), torch.unsqueeze(keys, 0), torch.unsqueeze(values, 0), None, 0., False), 0)
                else:
                  scores = torch.baddbmm(mask, rows, torch.transpose(keys, 1, 2), beta=1, alpha=${SCALE})
                  o = torch.bmm(torch.softmax(scores, -1), values)
                return torch.reshape(torch.permute(torch.reshape(o, [${K}, ${G}, n, ${E}]), [2, 0, 1, 3]), [n, ${HE}])
              def attention(self: SELF, qkv: Tensor, cos: Tensor, sin: Tensor, caches: List[Tensor], segments: List[int], masks: List[Tensor], layer: int) -> Tensor:
                heads = torch.reshape(qkv, [-1, ${HEADS}, ${E}])
                qk = self.rotate(torch.slice(heads, 1, 0, ${HK}), cos, sin)
                out = annotate(List[Tensor], [])
                for s in range(torch.len(caches)):
                  first = segments[s * 3]
                  last = segments[s * 3 + 1]
                  q = torch.slice(torch.slice(qk, 0, first, last), 1, 0, ${H})
                  k = torch.slice(torch.slice(qk, 0, first, last), 1, ${H}, ${HK})
                  v = torch.slice(torch.slice(heads, 0, first, last), 1, ${HK}, ${HEADS})
                  out.append(self.attend(q, k, v, torch.select(caches[s], 0, layer), segments[s * 3 + 2], masks[s]))
                return torch.cat(out)
              def layers(self: SELF, ids: Tensor, cos: Tensor, sin: Tensor, w: List[Tensor], caches: List[Tensor], segments: List[int], groups: List[int], adapters: List[Tensor]) -> Tensor:
                x = torch.embedding(w[0], ids)
                cos = torch.unsqueeze(cos.to(x.dtype), 1)
                sin = torch.unsqueeze(sin.to(x.dtype), 1)
                masks = annotate(List[Tensor], [])
                for s in range(torch.len(caches)):
                  masks.append(self.causal(segments[s * 3 + 1] - segments[s * 3], segments[s * 3 + 2], x.dtype))
                for l in range(${L}):
                  i = 3 + l * 10
                  h = self.norm(x, w[i])
                  qkv = self.product(h, w[i + 1], ${QKV_BIAS})
                  self.adapt(qkv, h, groups, adapters, l * 4)
                  o = self.attention(qkv, cos, sin, caches, segments, masks, l)
                  y = self.product(o, w[i + 3], ${O_BIAS})
                  self.adapt(y, o, groups, adapters, l * 4 + 1)
                  x = torch.add(x, y)
                  h = self.norm(x, w[i + 5])
                  gu = self.product(h, w[i + 6], ${GU_BIAS})
                  self.adapt(gu, h, groups, adapters, l * 4 + 2)
                  m = torch.mul_(torch.silu(torch.slice(gu, 1, 0, ${F})), torch.slice(gu, 1, ${F}, ${FF}))
                  y = self.product(m, w[i + 8], ${DOWN_BIAS})
                  self.adapt(y, m, groups, adapters, l * 4 + 3)
                  x = torch.add(x, y)
                return x
              def logits(self: SELF, x: Tensor, rows: Tensor, w: List[Tensor]) -> Tensor:
                return self.product(self.norm(torch.index_select(x, 0, rows), w[1]), w[2], None).to(6)
              def scores(self: SELF, x: Tensor, first: int, targets: Tensor, alternatives: int, w: List[Tensor]) -> Tuple[Tensor, Tensor, Tensor]:
                n = targets.size(0)
                chosen = annotate(List[Tensor], [])
                ids = annotate(List[Tensor], [])
                likeliest = annotate(List[Tensor], [])
                for c in range((n + 127) // 128):
                  a = c * 128
                  b = ops.prim.min(a + 128, n)
                  rows = self.norm(torch.slice(x, 0, first + a, first + b), w[1])
                  p = torch.log_softmax(torch.linear(rows, w[2], None).to(6), -1)
                  chosen.append(torch.squeeze(torch.gather(p, 1, torch.unsqueeze(torch.slice(targets, 0, a, b), 1)), 1))
                  top, at = torch.topk(p, alternatives, -1)
                  ids.append(at)
                  likeliest.append(top)
                return (torch.cat(chosen), torch.cat(ids), torch.cat(likeliest))
            """;

    private DecoderScript() {}

    /** @param oneDnn whether libtorch has oneDNN, whose one-row products are the faster ones */
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
                Map.entry("SCALE", decimal(1 / Math.sqrt(config.headSize()))),
                Map.entry("ONEDNN", oneDnn ? "True" : "False"),
                Map.entry("QKV_BIAS", config.attentionBias() ? "w[i + 2]" : "None"),
                Map.entry("O_BIAS", config.attentionBias() ? "w[i + 4]" : "None"),
                Map.entry("GU_BIAS", config.mlpBias() ? "w[i + 7]" : "None"),
                Map.entry("DOWN_BIAS", config.mlpBias() ? "w[i + 9]" : "None"));
        String text = TEXT;
        for (Map.Entry<String, Object> value : values.entrySet()) {
            text = text.replace("${" + value.getKey() + "}", value.getValue().toString());
        }
        return text;
    }

    private static String decimal(double value) {
        return String.format(Locale.ROOT, "%.17g", value);
    }
}
