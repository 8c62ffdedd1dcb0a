def similitude_setting(settings: Tensor, i: int) -> float:
  return float(torch.select(settings, 0, i))

def similitude_training_norm(mode: int, x: Tensor, weight: Tensor, bias: Tensor, mean: Tensor, variance: Tensor, momentum: float, epsilon: float) -> Tensor:
  # 0: evaluation, without gradients of the weights; 1: training; 2: statistics of the batch, which leave the running ones alone.
  if torch.eq(mode, 0):
    if torch.eq(torch.dim(x), 4):
      y = __torch__.similitude_batch_norm(x, torch.detach(weight), torch.detach(bias), mean, variance, epsilon, )
    else:
      y = torch.batch_norm(x, torch.detach(weight), torch.detach(bias), mean, variance, False, momentum, epsilon, True)
  else:
    if torch.eq(mode, 1):
      y = torch.batch_norm(x, weight, bias, mean, variance, True, momentum, epsilon, True)
    else:
      y = torch.batch_norm(x, torch.detach(weight), torch.detach(bias), None, None, True, momentum, epsilon, True)
  return y

def similitude_training_conv_norm(mode: int, x: Tensor, kernel: Tensor, stride: List[int], padding: List[int], groups: int, weight: Tensor, bias: Tensor, mean: Tensor, variance: Tensor, momentum: float, epsilon: float) -> Tensor:
  # A convolution and its batch norm. In evaluation the norm is a part of the kernel, so that an attack passes over the values once less.
  if torch.eq(mode, 0):
    factors = __torch__.similitude_norm_factors(torch.detach(weight), variance, epsilon, )
    shift = torch.sub(torch.detach(bias), torch.mul(mean, factors))
    folded = torch.mul(torch.detach(kernel), torch.reshape(factors, [-1, 1, 1, 1]))
    y = torch.conv2d(x, folded, shift, stride, padding, [1, 1], groups)
  else:
    z = torch.conv2d(x, kernel, None, stride, padding, [1, 1], groups)
    y = __torch__.similitude_training_norm(mode, z, weight, bias, mean, variance, momentum, epsilon, )
  return y

def similitude_mixed(x: Tensor) -> Tensor:
  # A hash of whole numbers to numbers below 2^32, each on its own. No product leaves an int64.
  z = torch.bitwise_and(torch.bitwise_xor(x, torch.bitwise_right_shift(x, 32)), 4294967295)
  a = torch.bitwise_and(torch.mul(torch.bitwise_xor(z, torch.bitwise_right_shift(z, 15)), 739982445), 4294967295)
  b = torch.bitwise_and(torch.mul(torch.bitwise_xor(a, torch.bitwise_right_shift(a, 12)), 695872825), 4294967295)
  return torch.bitwise_xor(b, torch.bitwise_right_shift(b, 15))

def similitude_dropout_factors(x: Tensor, share: float, whole: bool, noise: int, place: int) -> Tensor:
  # Dropout's factors: 0 for the share of values (or of whole channels) that are dropped, 1 / (1 - share) for the others. They
  # are a function of the step's noise, the place in the network and the index, so that no generator has a state.
  sizes = torch.size(x)
  count = torch.numel(x)
  if whole:
    sizes = torch.add(torch.slice(sizes, 0, 2), torch.mul([1], torch.len(sizes) - 2))
    count = sizes[0] * sizes[1]
  index = torch.arange(count, dtype=4, device=x.device)
  key = torch.add(torch.zeros([1], dtype=4, device=x.device), noise + place * 16777259)
  first = __torch__.similitude_mixed(key, )
  second = __torch__.similitude_mixed(torch.bitwise_xor(first, 1013904223), )
  once = __torch__.similitude_mixed(torch.bitwise_xor(index, first), )
  twice = __torch__.similitude_mixed(torch.bitwise_and(torch.add(once, second), 4294967295), )
  kept = torch.to(torch.ge(twice, int(share * 4294967296.)), 6)
  scale = 0.
  if share < 1.:
    scale = 1. / (1. - share)
  return torch.reshape(torch.mul(kept, scale), sizes)

def similitude_dropout(mode: int, x: Tensor, share: float, whole: bool, noise: int, place: int) -> Tensor:
  if torch.eq(mode, 0):
    y = x
  else:
    y = torch.mul(x, __torch__.similitude_dropout_factors(x, share, whole, noise, place, ))
  return y

def similitude_dropout_(mode: int, x: Tensor, share: float, whole: bool, noise: int, place: int) -> Tensor:
  if torch.eq(mode, 0):
    y = x
  else:
    y = torch.mul_(x, __torch__.similitude_dropout_factors(x, share, whole, noise, place, ))
  return y

def similitude_norms(x: Tensor) -> Tensor:
  # The l_2 norm of each example, of a shape that multiplies the batch.
  squares = torch.sum(torch.mul(x, x), [1, 2, 3], True)
  return torch.clamp(torch.sqrt(squares), 1e-12)

def similitude_linf_step(x: Tensor, shown: Tensor, gradient: Tensor, epsilon: float, size: float) -> Tensor:
  low = torch.clamp(torch.sub(x, epsilon), 0., 1.)
  high = torch.clamp(torch.add(x, epsilon), 0., 1.)
  return torch.max(torch.min(torch.add(shown, torch.sign(gradient), alpha=size), high), low)

def similitude_l2_step(x: Tensor, shown: Tensor, gradient: Tensor, epsilon: float, size: float) -> Tensor:
  direction = torch.div(gradient, __torch__.similitude_norms(gradient, ))
  change = torch.sub(torch.add(shown, direction, alpha=size), x)
  factors = torch.clamp(torch.mul(torch.reciprocal(__torch__.similitude_norms(change, )), epsilon), None, 1.)
  return torch.clamp(torch.add(x, torch.mul(change, factors)), 0., 1.)
