from __future__ import annotations

from django.urls import path

from chat import views

app_name = "chat"
urlpatterns = [
    path("rooms/<int:room_id>/", views.conversation, name="conversation"),
    path("rooms/<int:room_id>/messages/", views.messages, name="messages"),
    path("messages/<int:message_id>/", views.permalink, name="permalink"),
    path("messages/<int:message_id>/edit/", views.edit, name="edit"),
    path("messages/<int:message_id>/delete/", views.delete, name="delete"),
    path("messages/<int:message_id>/history/", views.history, name="history"),
]
