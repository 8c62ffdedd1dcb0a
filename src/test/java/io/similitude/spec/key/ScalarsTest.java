package io.similitude.spec.key;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class ScalarsTest {
  @Test
  void readFractions() {
    assertThat(Scalars.number("8/255")).hasValue(8.0 / 255);
    assertThat(Scalars.number("-1.5e1 / 3")).hasValue(-5.0);
    assertThat(Scalars.number(".5")).hasValue(0.5);
  }

  @Test
  void refuseWhatIsNotFinite() {
    assertThat(Scalars.number("1/0")).isEmpty();
    assertThat(Scalars.number("0/0")).isEmpty();
    assertThat(Scalars.number("1e999")).isEmpty();
    assertThat(Scalars.number("NaN")).isEmpty();
    assertThat(Scalars.number("1/2/3")).isEmpty();
    assertThat(Scalars.whole("9223372036854775808")).isEmpty();
    assertThat(Scalars.whole("0x10")).isEmpty();
  }

  @Test
  void keepWholeNumbersBeyondAnIntegerAsNumbers() {
    assertThat(Scalars.typed("2147483647")).isEqualTo(Integer.MAX_VALUE);
    assertThat(Scalars.typed("2147483648")).isEqualTo(2147483648.0);
    assertThat(Scalars.typed("pre-act")).isEqualTo("pre-act");
  }

  @Property
  void readBackEveryWholeNumber(@ForAll long value) {
    assertThat(Scalars.whole(Long.toString(value))).hasValue(value);
  }
}
