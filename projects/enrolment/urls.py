from django.urls import path

from . import demand, views

app_name = "enrolment"
urlpatterns = [
    path("find/", views.find, name="find"),
    path("figures/", demand.figures_page, name="figures"),
    path("figures/figures.csv", demand.figures_csv, name="figures_csv"),
    path("told/<str:token>/", demand.told, name="told"),
    path("certificate/", views.certificate_page, name="certificate"),
    path("certificate/<str:token>.pdf", views.certificate_file, name="certificate_file"),
    path("confirm/<str:token>/", views.confirm_contact, name="confirm"),
    path("request/<str:token>/", views.request_page, name="request"),
    path("request/<str:token>/withdraw/", views.withdraw_request, name="withdraw"),
    path("request/<str:token>/accept/", views.accept_offer, name="accept"),
    path("request/<str:token>/decline/", views.decline_offer, name="decline"),
    path("request/<str:token>/calendar.ics", views.request_calendar, name="request_calendar"),
    path("request/<str:token>/tell-me/", demand.tell_me_of_request, name="tell_me_of_request"),
    path("<slug:slug>/", views.enrol_page, name="enrol"),
    path("<slug:slug>/tell-me/", demand.tell_me, name="tell_me"),
    path("<slug:slug>/tell-me/sent/", demand.tell_me_sent, name="tell_me_sent"),
    path("<slug:slug>/sent/", views.sent_again, name="sent_again"),
    path("<slug:slug>/draw/", views.draw_page, name="draw"),
    path("<slug:slug>/draw/list.txt", views.draw_list, name="draw_list"),
    path("<slug:slug>/draw/draw.py", views.draw_script, name="draw_script"),
    path("<slug:slug>/selection/", views.selection_page, name="selection"),
    path("<slug:slug>/selection/scores.txt", views.selection_scores, name="selection_scores"),
    path("<slug:slug>/calendar.ics", views.edition_calendar, name="edition_calendar"),
]
