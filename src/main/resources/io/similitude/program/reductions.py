def similitude_buffer(v: Tensor) -> Tensor:
  # Where the centred copy of some columns goes. It stays in the cache, and no second array as large as the layer is ever
  # made. A GPU wants the opposite, few large products. Rows of a power of two of bytes would all fall into the same sets
  # of the cache, so each has 16 elements more than it needs. dtype 6 is float32: archives know dtypes by number.
  columns = 512
  if v.is_cuda:
    columns = 65536
  return torch.empty([torch.size(v, 0), min(torch.size(v, 1), columns) + 16], dtype=6, device=v.device)

def similitude_add_products(gram: Tensor, v: Tensor, first: int, end: int, buffer: Tensor, level: Tensor) -> Tensor:
  # Adds to the upper triangle the products of the columns first to end of v, centred, and to the level the squares of
  # their means.
  n = torch.size(v, 0)
  chunk = torch.size(buffer, 1) - 16
  block = 64
  if v.is_cuda:
    block = 512
  k = first
  while k < end:
    columns = min(chunk, end - k)
    centred = torch.narrow(buffer, 1, 0, columns)
    part = torch.narrow(v, 1, k, columns)
    mean = torch.mean(part, [0], True, dtype=6)
    torch.sub(part, mean, out=centred)
    torch.add(level, torch.sum(torch.mul(mean, mean)), out=level)
    i = 0
    while i < n:
      rows = torch.narrow(centred, 0, i, min(block, n - i))
      rest = torch.narrow(centred, 0, i, n - i)
      strip = torch.narrow(torch.narrow(gram, 0, i, min(block, n - i)), 1, i, n - i)
      torch.addmm(strip, rows, torch.t(rest), out=strip)
      i = i + block
    k = k + chunk
  return gram

def similitude_varying(gram: Tensor, level: Tensor) -> Tensor:
  # Zeros where what varies over the examples is the rounding of a constant: where the squares of the centred features
  # are at most 2^-44 of those of the features, a spread of four units in the last place.
  n = torch.size(gram, 0)
  spread = torch.sum(torch.diagonal(gram))
  total = torch.add(spread, torch.mul(level, n))
  return torch.masked_fill(gram, torch.lt(spread, torch.mul(total, 5.684341886080802e-14)), 0)

def similitude_is_small(gram: Tensor, level: Tensor) -> bool:
  # Whether the squares of all values together are under 2^-80, where float32 begins to lose the digits of products.
  spread = torch.sum(torch.diagonal(gram))
  total = torch.add(spread, torch.mul(level, torch.size(gram, 0)))
  return float(total) < 8.271806125530277e-25

def similitude_finished(gram: Tensor, level: Tensor, exponent: int) -> Tensor:
  # The corner below the diagonal holds the exponent of the power of two by which the matrix has to be multiplied.
  n = torch.size(gram, 0)
  finished = __torch__.similitude_varying(gram, level, )
  if n > 1:
    torch.fill_(torch.select(torch.select(finished, 0, n - 1), 0, 0), exponent)
  return finished

def similitude_products(v: Tensor) -> Tuple[Tensor, Tensor]:
  n = torch.size(v, 0)
  gram = torch.zeros([n, n], dtype=6, device=v.device)
  level = torch.zeros([], dtype=6, device=v.device)
  products = __torch__.similitude_add_products(gram, v, 0, torch.size(v, 1), __torch__.similitude_buffer(v, ), level, )
  return (products, level)

def similitude_enlarged(v: Tensor) -> Tensor:
  # Times 2^96, which is exact.
  return torch.mul(torch.to(v, 6), 7.922816251426434e+28)

def similitude_gram_of_enlarged(v: Tensor) -> Tensor:
  gram, level, = __torch__.similitude_products(v, )
  return __torch__.similitude_finished(gram, level, -192, )

def similitude_gram(x: Tensor) -> Tensor:
  v = torch.reshape(x, [torch.size(x, 0), -1])
  products, level, = __torch__.similitude_products(v, )
  if __torch__.similitude_is_small(products, level, ):
    gram = __torch__.similitude_gram_of_enlarged(__torch__.similitude_enlarged(v, ), )
  else:
    gram = __torch__.similitude_finished(products, level, 0, )
  return gram

def similitude_scaled_grams(x: Tensor, factors: Tensor) -> Tuple[Tensor, Tensor]:
  # The Gram matrices of x and of x with each channel times its factor, from the same products: with the channels' Gram
  # matrices G_1, G_2, ... by falling squares w_1 >= w_2 >= ... of the factors, and S_c = G_1 + ... + G_c,
  # sum w_c G_c = sum (w_c - w_(c+1)) S_c: all terms are positive, and only the running sum is ever kept.
  n = torch.size(x, 0)
  channels = torch.size(x, 1)
  v = torch.reshape(x, [n, -1])
  area = torch.floordiv(torch.size(v, 1), channels)
  weights = torch.mul(factors, factors)
  order = torch.argsort(weights, -1, True)
  falling = torch.index_select(weights, 0, order)
  gram = torch.zeros([n, n], dtype=6, device=v.device)
  scaled = torch.zeros([n, n], dtype=6, device=v.device)
  level = torch.zeros([], dtype=6, device=v.device)
  scaled_level = torch.zeros([], dtype=6, device=v.device)
  buffer = __torch__.similitude_buffer(v, )
  c = 0
  while c < channels:
    first = int(torch.mul(torch.select(order, 0, c), area))
    gram = __torch__.similitude_add_products(gram, v, first, first + area, buffer, level, )
    step = float(torch.select(falling, 0, c))
    if c + 1 < channels:
      step = step - float(torch.select(falling, 0, c + 1))
    torch.add(scaled, gram, alpha=step, out=scaled)
    torch.add(scaled_level, level, alpha=step, out=scaled_level)
    c = c + 1
  if __torch__.similitude_is_small(gram, level, ):
    first_gram = __torch__.similitude_gram(x, )
  else:
    first_gram = __torch__.similitude_finished(gram, level, 0, )
  if __torch__.similitude_is_small(scaled, scaled_level, ):
    large = torch.reshape(__torch__.similitude_enlarged(v, ), [n, channels, -1])
    products = torch.mul(large, torch.reshape(factors, [1, -1, 1]))
    second_gram = __torch__.similitude_gram_of_enlarged(torch.reshape(products, [n, -1]), )
  else:
    second_gram = __torch__.similitude_finished(scaled, scaled_level, 0, )
  return (first_gram, second_gram)

def similitude_pooled(x: Tensor, features: int) -> Tensor:
  # The mean over all dimensions but the examples' and the features', which are the second one or the last one. Features in
  # dimension 0 are unknown: then there is nothing for any example.
  rank = torch.dim(x)
  if rank <= 2:
    # A copy, which no later operation in place can change.
    pooled = torch.to(x, 6, False, True)
  elif features == 0:
    pooled = torch.empty([torch.size(x, 0), 0], dtype=6, device=x.device)
  elif features == 1:
    pooled = torch.mean(torch.flatten(x, 2), [2], False, dtype=6)
  else:
    pooled = torch.mean(torch.flatten(x, 1, -2), [1], False, dtype=6)
  return pooled

def similitude_whole(x: Tensor) -> Tensor:
  return torch.to(x, 6)
