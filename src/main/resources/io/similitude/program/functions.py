def similitude_norm_factors(weight: Tensor, variance: Tensor, epsilon: float) -> Tensor:
  return torch.mul(weight, torch.rsqrt(torch.add(variance, epsilon)))

def similitude_batch_norm(x: Tensor, weight: Tensor, bias: Tensor, mean: Tensor, variance: Tensor, epsilon: float) -> Tensor:
  # As torch.batch_norm in evaluation mode, but for the way back: that of torch.batch_norm also adds up what only the
  # gradients of its weights would need.
  factors = __torch__.similitude_norm_factors(weight, variance, epsilon, )
  shift = torch.sub(bias, torch.mul(mean, factors))
  return torch.addcmul(torch.reshape(shift, [1, -1, 1, 1]), x, torch.reshape(factors, [1, -1, 1, 1]))
