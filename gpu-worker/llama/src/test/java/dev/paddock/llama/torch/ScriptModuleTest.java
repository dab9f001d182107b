package dev.paddock.llama.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScriptModuleTest {
    private static final String METHODS = """
              def scaled(self: SELF, xs: List[Tensor], times: int, by: float, negative: bool) -> Tuple[Tensor, List[Tensor]]:
                s = by * float(times)
                if negative:
                  s = -s
                return (xs[0] * s, [xs[1], xs[0]])
              def total(self: SELF, x: Tensor) -> float:
                return float(torch.sum(x))
              def columns(self: SELF, x: Tensor) -> int:
                return x.size(1)
              def add_(self: SELF, x: Tensor, y: Tensor):
                torch.add_(x, y)
            """;

    @Test
    void methodsTakeAndReturnWhatTorchScriptKnows() {
        try (TensorScope scope = TensorScope.open();
                ScriptModule module = ScriptModule.load(METHODS)) {
            NDArray x = Tensors.floats(scope, new float[] {1, 2, 3, 4}, 2, 2);
            NDArray y = Tensors.floats(scope, new float[] {5, 6}, 1, 2);
            List<NDArray> all = module.tensors(scope, "scaled", List.of(x, y), 2, 1.5, true);
            assertThat(all).hasSize(3);
            assertThat(all.get(0).toFloatArray()).containsExactly(-3, -6, -9, -12);
            assertThat(all.get(1).toFloatArray()).containsExactly(5, 6);
            assertThat(module.number("total", x)).isEqualTo(10.0);
            assertThat(module.integer("columns", x)).isEqualTo(2);
            try (ScriptValue prepared = ScriptValue.list(List.of(y, x))) {
                assertThat(module.tensors(scope, "scaled", prepared, 1, 2.0, false)
                                .get(0)
                                .toFloatArray())
                        .containsExactly(10, 12);
                assertThat(module.tensors(scope, "scaled", prepared, 1, 1.0, false))
                        .hasSize(3);
            }
            module.run("add_", x, y);
            assertThat(x.toFloatArray()).containsExactly(6, 8, 8, 10);
        }
    }

    @Test
    void aScopeFreesWhatWasMadeInIt() {
        try (TensorScope scope = TensorScope.open();
                ScriptModule module = ScriptModule.load(METHODS)) {
            NDArray x = Tensors.floats(scope, new float[] {1, 2}, 1, 2);
            int before = scope.size();
            NDArray kept;
            try (TensorScope step = scope.child()) {
                module.tensors(step, "scaled", List.of(x, x), 1, 1.0, false);
                kept = scope.keep(module.tensors(step, "scaled", List.of(x, x), 1, 3.0, false)
                        .get(0));
            }
            assertThat(scope.size()).isEqualTo(before + 1);
            assertThat(kept.toFloatArray()).containsExactly(3, 6);
        }
    }

    @Test
    void bfloat16MakesTheRoundTrip() {
        ByteBuffer bytes = ByteBuffer.allocateDirect(9).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put((byte) 0);
        for (float value : new float[] {1, -2, 0.5f, 3}) {
            bytes.putShort((short) (Float.floatToRawIntBits(value) >>> 16));
        }
        bytes.position(1);
        try (TensorScope scope = TensorScope.open()) {
            NDArray x = Tensors.fromBytes(scope, bytes, ScalarType.BFLOAT16, 2, 2);
            assertThat(x.getShape().getShape()).containsExactly(2, 2);
            assertThat(Tensors.toFloats(x)).containsExactly(1, -2, 0.5f, 3);
            assertThat(Tensors.toBytes(x)).isEqualTo(bytes.slice());
            NDArray back = Tensors.convert(
                    scope, Tensors.floats(scope, new float[] {1, -2, 0.5f, 3}, 2, 2), ScalarType.BFLOAT16);
            assertThat(Tensors.toBytes(back)).isEqualTo(bytes.slice());
            assertThatThrownBy(() -> Tensors.fromBytes(scope, bytes, ScalarType.FLOAT32, 4))
                    .hasMessageContaining("16 bytes, got 8");
        }
    }

    @Test
    void mistakesAreNamed() {
        assertThatThrownBy(() ->
                        ScriptModule.load("  def f(self: SELF, x: Tensor) -> Tensor:\n    return torch.nosuch(x)\n"))
                .isInstanceOf(ScriptException.class)
                .hasMessageContaining("nosuch");
        try (ScriptModule module = ScriptModule.load(METHODS);
                TensorScope scope = TensorScope.open()) {
            NDArray x = Tensors.floats(scope, new float[] {1, 2}, 1, 2);
            NDArray y = Tensors.floats(scope, new float[] {1, 2, 3}, 1, 3);
            assertThatThrownBy(() -> module.run("add_", x, y)).isInstanceOf(ScriptException.class);
            assertThatThrownBy(() -> module.number("total", new Object())).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
