def similitude_setting(settings: Tensor, i: int) -> float:
  return float(torch.select(settings, 0, i))

def similitude_ordered(x: Tensor, settings: Tensor) -> Tensor:
  # The channels first or last in memory.
  y = x
  if bool(__torch__.similitude_setting(settings, 10, )):
    y = torch.contiguous(x, memory_format=2)
  return y

def similitude_is_channels_last(x: Tensor) -> bool:
  # Memory format 2 is channels last. A tensor of one channel, or of one pixel, has both orders.
  last = False
  if torch.eq(torch.dim(x), 4):
    last = bool(torch.is_contiguous(x, memory_format=2)) and not bool(torch.is_contiguous(x))
  return last

def similitude_spread(rows: Tensor, average: Tensor) -> Tensor:
  # The variance of each column, divided by the number of rows. Half a million numbers at a time stay in the caches.
  count = torch.size(rows, 0)
  some = 524288 // torch.size(rows, 1)
  sums = torch.zeros_like(average)
  for i in range((count + some - 1) // some):
    centred = torch.sub(torch.slice(rows, 0, i * some, (i + 1) * some), average)
    _0 = torch.add_(sums, torch.sum(torch.mul_(centred, centred), [0]))
  return torch.div(sums, count)

def similitude_norm_of_batch(mode: int, x: Tensor, weight: Tensor, bias: Tensor, mean: Tensor, variance: Tensor, momentum: float, epsilon: float) -> Tensor:
  # As torch.batch_norm in training mode, with the channels last. That function adds one number after the other in float32 then, and
  # loses two digits of the mean and of the deviation. torch.mean and torch.sum lose none, since they add in pairs. So both are computed
  # here as well, and weight and bias make up for the difference. The gradients of x are right then, too.
  rows = torch.reshape(torch.permute(torch.detach(x), [0, 2, 3, 1]), [-1, torch.size(x, 1)])
  average = torch.mean(rows, [0])
  spread = __torch__.similitude_spread(rows, average, )
  inverse = torch.rsqrt(torch.add(spread, epsilon))
  lossy_average, lossy_spread = torch.batch_norm_update_stats(torch.detach(x), None, None, momentum)
  given = weight
  shift = bias
  if torch.eq(mode, 1):
    count = torch.size(rows, 0)
    _0 = torch.add_(torch.mul_(mean, 1. - momentum), average, alpha=momentum)
    _1 = torch.add_(torch.mul_(variance, 1. - momentum), spread, alpha=momentum * float(count) / (float(count) - 1.))
  else:
    given = torch.detach(weight)
    shift = torch.detach(bias)
  factors = torch.mul(given, torch.mul(inverse, torch.sqrt(torch.add(lossy_spread, epsilon))))
  offset = torch.mul(given, torch.mul(inverse, torch.sub(lossy_average, average)))
  return torch.batch_norm(x, factors, torch.add(shift, offset), None, None, True, momentum, epsilon, True)

def similitude_training_norm(mode: int, x: Tensor, weight: Tensor, bias: Tensor, mean: Tensor, variance: Tensor, momentum: float, epsilon: float) -> Tensor:
  # 0: evaluation, without gradients of the weights; 1: training; 2: statistics of the batch, which leave the running ones alone.
  if torch.eq(mode, 0):
    if torch.eq(torch.dim(x), 4):
      y = __torch__.similitude_batch_norm(x, torch.detach(weight), torch.detach(bias), mean, variance, epsilon, )
    else:
      y = torch.batch_norm(x, torch.detach(weight), torch.detach(bias), mean, variance, False, momentum, epsilon, True)
  else:
    if __torch__.similitude_is_channels_last(x, ):
      y = __torch__.similitude_norm_of_batch(mode, x, weight, bias, mean, variance, momentum, epsilon, )
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
