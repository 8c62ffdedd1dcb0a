def similitude_setting(settings: Tensor, i: int) -> float:
  return float(torch.select(settings, 0, i))

def similitude_training_norm(mode: int, x: Tensor, weight: Tensor, bias: Tensor, mean: Tensor, variance: Tensor, epsilon: float) -> Tensor:
  # 0: evaluation, without gradients of the weights; 1: training; 2: statistics of the batch, which leave the running ones alone.
  if torch.eq(mode, 0):
    y = __torch__.similitude_batch_norm(x, torch.detach(weight), torch.detach(bias), mean, variance, epsilon, )
  else:
    if torch.eq(mode, 1):
      y = torch.batch_norm(x, weight, bias, mean, variance, True, 0.1, epsilon, True)
    else:
      y = torch.batch_norm(x, torch.detach(weight), torch.detach(bias), None, None, True, 0.1, epsilon, True)
  return y

def similitude_training_conv_norm(mode: int, x: Tensor, kernel: Tensor, stride: List[int], padding: List[int], groups: int, weight: Tensor, bias: Tensor, mean: Tensor, variance: Tensor, epsilon: float) -> Tensor:
  # A convolution and its batch norm. In evaluation the norm is a part of the kernel, so that an attack passes over the values once less.
  if torch.eq(mode, 0):
    factors = __torch__.similitude_norm_factors(torch.detach(weight), variance, epsilon, )
    shift = torch.sub(torch.detach(bias), torch.mul(mean, factors))
    folded = torch.mul(torch.detach(kernel), torch.reshape(factors, [-1, 1, 1, 1]))
    y = torch.conv2d(x, folded, shift, stride, padding, [1, 1], groups)
  else:
    z = torch.conv2d(x, kernel, None, stride, padding, [1, 1], groups)
    y = __torch__.similitude_training_norm(mode, z, weight, bias, mean, variance, epsilon, )
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
