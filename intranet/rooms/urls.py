from __future__ import annotations

from django.urls import path

from intranet.rooms import views

app_name = "rooms"
urlpatterns = [
    path("", views.home, name="home"),
    path("rooms/", views.index, name="index"),
    path("rooms/sidebar/", views.sidebar, name="sidebar"),
    path("rooms/new/", views.create, name="create"),
    path("rooms/direct/", views.direct, name="direct"),
    path("rooms/<int:room_id>/about/", views.about, name="about"),
    path("rooms/<int:room_id>/members/<int:user_id>/remove/", views.remove, name="remove"),
    path("rooms/<int:room_id>/members/<int:user_id>/role/", views.role, name="role"),
    path("rooms/<int:room_id>/members/<int:user_id>/hand-over/", views.hand_over, name="hand_over"),
    path("rooms/<int:room_id>/change/", views.change, name="change"),
    path("rooms/<int:room_id>/join/", views.join, name="join"),
    path("rooms/<int:room_id>/ask/", views.ask, name="ask"),
    path("rooms/<int:room_id>/withdraw/", views.withdraw, name="withdraw"),
    path("rooms/<int:room_id>/requests/<int:user_id>/accept/", views.accept, name="accept"),
    path("rooms/<int:room_id>/requests/<int:user_id>/decline/", views.decline, name="decline"),
    path("rooms/<int:room_id>/invite/", views.invite, name="invite"),
    path("rooms/<int:room_id>/leave/", views.leave, name="leave"),
    path("rooms/<int:room_id>/archive/", views.archive, name="archive"),
    path("rooms/<int:room_id>/restore/", views.restore, name="restore"),
    path("rooms/<int:room_id>/star/", views.star, name="star"),
    path("rooms/<int:room_id>/read/", views.read, name="read"),
]
