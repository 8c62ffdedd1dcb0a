class SimilitudeTaps:
  wanted : Dict[str, int]
  calls : Dict[str, int]
  values : Dict[str, Tensor]
  shown : List[str]
  def __init__(self: __torch__.SimilitudeTaps,
    layers: List[str],
    features: List[int]) -> NoneType:
    self.wanted = annotate(Dict[str, int], {})
    self.calls = annotate(Dict[str, int], {})
    self.values = annotate(Dict[str, Tensor], {})
    self.shown = annotate(List[str], [])
    wanted = self.wanted
    i = 0
    while i < torch.len(layers):
      wanted[layers[i]] = features[i]
      i = i + 1
    return None
  def show(self: __torch__.SimilitudeTaps,
    path: str,
    value: Tensor) -> Tensor:
    calls = self.calls
    wanted = self.wanted
    name = path
    if torch.__contains__(calls, path):
      calls[path] = calls[path] + 1
      name = torch.format("{}#{}", path, calls[path])
    else:
      calls[path] = 0
    if torch.__contains__(wanted, name):
      reduced = __torch__.similitude_reduce(self.values, name, value, wanted[name], )
    if torch.__contains__(wanted, "*"):
      line = torch.format("{}\t{}\t{}", name, torch.is_floating_point(value), torch.size(value))
      appended = torch.append(self.shown, line)
    return value
  def show_optional(self: __torch__.SimilitudeTaps,
    path: str,
    value: Optional[Tensor]) -> Optional[Tensor]:
    if torch.__isnot__(value, None):
      shown = (self).show(path, unchecked_cast(Tensor, value), )
    return value
