  def learn(self: __torch__.Network,
    x: Tensor) -> Tensor:
    weights = (self).weights()
    for i in range(torch.len(weights)):
      _0 = torch.requires_grad_(weights[i], True)
    return x
  def update(self: __torch__.Network,
    loss: Tensor,
    settings: Tensor) -> NoneType:
    # torch._foreach_mul_ and its kin leave the weights alone here, without an error. So each tensor is updated by itself.
    rate = __torch__.similitude_setting(settings, 0, )
    momentum = __torch__.similitude_setting(settings, 1, )
    decay = __torch__.similitude_setting(settings, 2, )
    nesterov = bool(__torch__.similitude_setting(settings, 3, ))
    weights = (self).weights()
    momenta = (self).momenta()
    # A weight that the loss does not depend on has no gradient, and stays as it is.
    gradients = torch.autograd.grad([loss], weights, None, None, False, True)
    torch.set_grad_enabled(False)
    for i in range(torch.len(weights)):
      weight = weights[i]
      velocity = momenta[i]
      slope = gradients[i]
      if torch.__isnot__(slope, None):
        gradient = torch.add(unchecked_cast(Tensor, slope), weight, alpha=decay)
        _0 = torch.add_(torch.mul_(velocity, momentum), gradient)
        if nesterov:
          change = torch.add(gradient, velocity, alpha=momentum)
        else:
          change = velocity
        _1 = torch.add_(weight, change, alpha=torch.neg(rate))
    return None
  def ascend(self: __torch__.Network,
    x: Tensor,
    labels: Tensor,
    start: Tensor,
    settings: Tensor,
    divergence: bool) -> Tensor:
    # From x + start up the cross-entropy, or up the divergence from what the network says of x.
    epsilon = __torch__.similitude_setting(settings, 5, )
    size = __torch__.similitude_setting(settings, 6, )
    steps = int(__torch__.similitude_setting(settings, 7, ))
    euclidean = bool(__torch__.similitude_setting(settings, 8, ))
    mode = int(__torch__.similitude_setting(settings, 9, ))
    noise = int(__torch__.similitude_setting(settings, 12, ))
    torch.set_grad_enabled(False)
    target = x
    shown = torch.add(x, start)
    if divergence:
      target = torch.softmax((self).logits(x, mode, noise, ), 1)
    else:
      if euclidean:
        shown = torch.clamp(shown, 0., 1.)
      else:
        shown = __torch__.similitude_linf_step(x, shown, start, epsilon, 0., )
    for i in range(steps):
      torch.set_grad_enabled(True)
      v = torch.requires_grad_(torch.detach(shown), True)
      logits = (self).logits(v, mode, noise + i + 3, )
      if divergence:
        loss = torch.kl_div(torch.log_softmax(logits, 1), target, 2)
      else:
        loss = torch.cross_entropy_loss(logits, labels, None, 2, -100, 0.)
      gradient = unchecked_cast(Tensor, (torch.autograd.grad([loss], [v]))[0])
      torch.set_grad_enabled(False)
      if euclidean:
        shown = __torch__.similitude_l2_step(x, torch.detach(v), gradient, epsilon, size, )
      else:
        shown = __torch__.similitude_linf_step(x, torch.detach(v), gradient, epsilon, size, )
    return torch.detach(shown)
  def perturbed(self: __torch__.Network,
    x: Tensor,
    labels: Tensor,
    start: Tensor,
    settings: Tensor,
    divergence: bool) -> Tensor:
    # What an attack in training mode would move is put back.
    moved = (self).moved()
    kept = annotate(List[Tensor], [])
    for i in range(torch.len(moved)):
      _0 = torch.append(kept, torch.clone(torch.detach(moved[i])))
    # In evaluation mode no example depends on the others. A few at a time fit into the caches.
    count = torch.size(x, 0)
    together = int(__torch__.similitude_setting(settings, 13, ))
    if torch.eq(together, 0):
      together = count
    parts = annotate(List[Tensor], [])
    for i in range((count + together - 1) // together):
      some = torch.slice(x, 0, i * together, (i + 1) * together)
      begin = torch.slice(start, 0, i * together, (i + 1) * together)
      right = torch.slice(labels, 0, i * together, (i + 1) * together)
      _1 = torch.append(parts, (self).ascend(some, right, begin, settings, divergence, ))
    shown = torch.cat(parts)
    torch.set_grad_enabled(False)
    for i in range(torch.len(moved)):
      _2 = torch.copy_(moved[i], kept[i])
    return shown
  def standard(self: __torch__.Network,
    x: Tensor,
    labels: Tensor,
    settings: Tensor) -> Tensor:
    torch.set_grad_enabled(True)
    images = __torch__.similitude_ordered(x, settings, )
    logits = (self).logits(images, 1, int(__torch__.similitude_setting(settings, 12, )) + 1, )
    loss = torch.cross_entropy_loss(logits, labels, None, 1, -100, __torch__.similitude_setting(settings, 4, ))
    _0 = (self).update(loss, settings, )
    right = torch.sum(torch.eq(torch.argmax(logits, 1), labels))
    return torch.stack([torch.detach(loss), torch.to(right, 6)])
  def adversarial(self: __torch__.Network,
    x: Tensor,
    labels: Tensor,
    start: Tensor,
    settings: Tensor) -> Tensor:
    images = __torch__.similitude_ordered(x, settings, )
    begin = __torch__.similitude_ordered(start, settings, )
    shown = (self).perturbed(images, labels, begin, settings, False, )
    return (self).standard(shown, labels, settings, )
  def trades(self: __torch__.Network,
    x: Tensor,
    labels: Tensor,
    start: Tensor,
    settings: Tensor) -> Tensor:
    images = __torch__.similitude_ordered(x, settings, )
    begin = __torch__.similitude_ordered(start, settings, )
    shown = (self).perturbed(images, labels, begin, settings, True, )
    torch.set_grad_enabled(True)
    noise = int(__torch__.similitude_setting(settings, 12, ))
    logits = (self).logits(images, 1, noise + 1, )
    robust = (self).logits(shown, 1, noise + 2, )
    natural = torch.cross_entropy_loss(logits, labels, None, 1, -100, __torch__.similitude_setting(settings, 4, ))
    divergence = torch.div(torch.kl_div(torch.log_softmax(robust, 1), torch.softmax(logits, 1), 2), torch.size(x, 0))
    loss = torch.add(natural, divergence, alpha=__torch__.similitude_setting(settings, 11, ))
    _0 = (self).update(loss, settings, )
    right = torch.sum(torch.eq(torch.argmax(robust, 1), labels))
    return torch.stack([torch.detach(loss), torch.to(right, 6)])
