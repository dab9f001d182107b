package dev.paddock.llama.inference.libtorch;

/**
 * The part of {@link DecoderScript}'s text that reads whole documents without a cache.
 *
 * <p>N rows of the step (all documents' tokens, one document behind the other), n rows of one document, R rows asked for, C outputs of
 * the head; the other letters are the decoder's. {@code bounds} holds the first row of every document and N.
 */
final class DocumentKernels {
    static final String TEXT = """
              def spread(self: SELF, x: Tensor) -> Tensor:
                n = x.size(0)
                grouped = torch.unsqueeze(torch.transpose(x, 0, 1), 1)
                return torch.reshape(torch.expand(grouped, [${K}, ${G}, n, ${E}]), [1, ${H}, n, ${E}])
              def within(self: SELF, qkv: Tensor, cos: Tensor, sin: Tensor, bounds: List[int], causal: bool) -> Tensor:
                heads = torch.reshape(qkv, [-1, ${HEADS}, ${E}])
                qk = self.rotate(torch.slice(heads, 1, 0, ${HK}), cos, sin)
                out = annotate(List[Tensor], [])
                for d in range(torch.len(bounds) - 1):
                  own = torch.slice(qk, 0, bounds[d], bounds[d + 1])
                  q = torch.unsqueeze(torch.transpose(torch.slice(own, 1, 0, ${H}), 0, 1), 0)
                  k = self.spread(torch.slice(own, 1, ${H}, ${HK}))
                  v = self.spread(torch.slice(torch.slice(heads, 0, bounds[d], bounds[d + 1]), 1, ${HK}, ${HEADS}))
                  o = torch.scaled_dot_product_attention(q, k, v, None, 0., causal)
                  out.append(torch.reshape(torch.transpose(torch.squeeze(o, 0), 0, 1), [-1, ${HE}]))
                return torch.cat(out)
              def reading(self: SELF, x: Tensor, cos: Tensor, sin: Tensor, w: List[Tensor], bounds: List[int], causal: bool, groups: List[int], adapters: List[Tensor], acted: Tensor, first: int, last: int) -> Tensor:
                cos = torch.unsqueeze(cos.to(x.dtype), 1)
                sin = torch.unsqueeze(sin.to(x.dtype), 1)
                for l in range(first, last):
                  o = self.within(self.joined(x, w, groups, adapters, acted, l), cos, sin, bounds, causal)
                  x = self.rest(x, o, w, groups, adapters, acted, l)
                return x
              def documents(self: SELF, ids: Tensor, cos: Tensor, sin: Tensor, w: List[Tensor], bounds: List[int], causal: bool, groups: List[int], adapters: List[Tensor], acted: Tensor) -> Tensor:
                return self.reading(torch.embedding(w[0], ids), cos, sin, w, bounds, causal, groups, adapters, acted, 0, ${L})
              def head(self: SELF, x: Tensor, rows: Tensor, w: List[Tensor], head: Tensor, bias: Tensor) -> Tensor:
                return torch.linear(self.normed(x, rows, w).to(6), head, bias)
              def pooled(self: SELF, x: Tensor, bounds: List[int], mean: bool, w: List[Tensor]) -> Tensor:
                h = self.norm(x, w[1])
                out = annotate(List[Tensor], [])
                for d in range(torch.len(bounds) - 1):
                  if mean:
                    v = torch.mean(torch.slice(h, 0, bounds[d], bounds[d + 1]), [0], False, dtype=6)
                  else:
                    v = torch.select(h, 0, bounds[d + 1] - 1).to(6)
                  out.append(torch.div(v, torch.clamp_min(torch.sqrt(torch.sum(torch.mul(v, v))), 1e-30)))
                return torch.stack(out)
            """;

    private DocumentKernels() {}
}
