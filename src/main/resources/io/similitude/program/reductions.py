def similitude_gram(x: Tensor) -> Tensor:
  n = torch.size(x, 0)
  v = torch.reshape(x, [n, -1])
  p = torch.size(v, 1)
  # Products of a few hundred columns at a time: the centred copy stays in the cache, and no second array as large as
  # the layer is ever made. A GPU wants the opposite, few large products.
  chunk = 1024
  block = 32
  if v.is_cuda:
    chunk = 65536
    block = 512
  # dtype 6 is float32: archives know dtypes by number.
  # Rows of a power of two of bytes would all fall into the same sets of the cache.
  pad = 16
  gram = torch.zeros([n, n], dtype=6, device=v.device)
  buffer = torch.empty([n, min(p, chunk) + pad], dtype=6, device=v.device)
  k = 0
  while k < p:
    columns = min(chunk, p - k)
    centred = torch.narrow(buffer, 1, 0, columns)
    part = torch.narrow(v, 1, k, columns)
    mean = torch.mean(part, [0], True, dtype=6)
    torch.sub(part, mean, out=centred)
    i = 0
    while i < n:
      rows = torch.narrow(centred, 0, i, min(block, n - i))
      rest = torch.narrow(centred, 0, i, n - i)
      strip = torch.narrow(torch.narrow(gram, 0, i, min(block, n - i)), 1, i, n - i)
      torch.addmm(strip, rows, torch.t(rest), out=strip)
      i = i + block
    k = k + chunk
  return gram

def similitude_pooled(x: Tensor) -> Tensor:
  rank = torch.dim(x)
  if rank <= 2:
    # A copy, which no later operation in place can change.
    pooled = torch.to(x, 6, False, True)
  elif rank == 3:
    pooled = torch.mean(x, [1], False, dtype=6)
  else:
    pooled = torch.mean(torch.flatten(x, 2), [2], False, dtype=6)
  return pooled

def similitude_whole(x: Tensor) -> Tensor:
  return torch.to(x, 6)
