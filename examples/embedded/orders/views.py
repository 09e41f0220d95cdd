from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from orders.models import Customer, Order


@login_required
def orders(request):
    return render(request, "orders/orders.html", {"orders": Order.objects.concerning(request.user)})


@login_required
def order(request, pk):
    """The page of an order, for everybody with an account; who sees its room is for the policy to say."""
    return render(request, "orders/order.html", {"order": get_object_or_404(Order, pk=pk)})


@login_required
@require_POST
def send(request, pk):
    order = get_object_or_404(Order.objects.concerning(request.user), pk=pk)
    order.send()
    return redirect("order", pk=pk)


@login_required
@require_POST
def give(request, pk):
    order = get_object_or_404(Order.objects.concerning(request.user), pk=pk)
    order.give_to(get_object_or_404(Customer, email=request.POST.get("email")))
    return redirect("order", pk=pk)
