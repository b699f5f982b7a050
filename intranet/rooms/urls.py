from __future__ import annotations

from django.urls import path

from intranet.rooms import views
from intranet.rooms.arranging import views as arranging

app_name = "rooms"
urlpatterns = [
    path("", views.home, name="home"),
    path("welcome/rooms/", views.welcome, name="welcome"),
    path("rooms/", views.index, name="index"),
    path("rooms/sidebar/", views.sidebar, name="sidebar"),
    path("rooms/sidebar/preferences/", arranging.preferences, name="preferences"),
    path("rooms/sidebar/fold/", arranging.fold, name="fold"),
    path("rooms/sidebar/place/", arranging.place, name="place"),
    path("rooms/sidebar/mute/", arranging.mute, name="mute"),
    path("rooms/sidebar/read/", arranging.read_all, name="read_all"),
    path("rooms/sidebar/unread/", arranging.unread_again, name="unread_again"),
    path("rooms/sections/new/", arranging.new_section, name="new_section"),
    path("rooms/sections/<int:section_id>/", arranging.rename_section, name="rename_section"),
    path("rooms/sections/<int:section_id>/move/", arranging.move_section, name="move_section"),
    path("rooms/sections/<int:section_id>/delete/", arranging.delete_section, name="delete_section"),
    path("rooms/switcher/", arranging.switcher, name="switcher"),
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
