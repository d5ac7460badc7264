"""Addresses of pilots, lessons, examples, questions and people of the network."""

from django.urls import URLPattern, path

from network import views
from network.views import words

app_name = "network"
urlpatterns: list[URLPattern] = [
    path("network/", views.hub, name="hub"),
    path("network/examples/", views.example_list, name="example-list"),
    path("network/examples/new/", views.example_new, name="example-new"),
    path("network/examples/<int:example_id>/", views.example_detail, name="example-detail"),
    path("network/examples/<int:example_id>/edit/", views.example_edit, name="example-edit"),
    path("network/examples/<int:example_id>/again/", views.example_again, name="example-again"),
    path("network/examples/<int:example_id>/return/", views.example_return, name="example-return"),
    path(
        "network/examples/<int:example_id>/publish/", views.example_publish, name="example-publish"
    ),
    path(
        "network/examples/<int:example_id>/withdraw/",
        views.example_withdraw,
        name="example-withdraw",
    ),
    path("network/quotes/", views.quote_list, name="quote-list"),
    path("network/quotes/new/", views.quote_new, name="quote-new"),
    path("network/quotes/<int:quote_id>/", views.quote_detail, name="quote-detail"),
    path("network/quotes/<int:quote_id>/publish/", views.quote_publish, name="quote-publish"),
    path("network/quotes/<int:quote_id>/withdraw/", views.quote_withdraw, name="quote-withdraw"),
    path("network/magazine/", views.edition_list, name="edition-list"),
    path("network/magazine/new/", views.edition_new, name="edition-new"),
    path("network/magazine/<int:edition_id>/", views.edition_detail, name="edition-detail"),
    path("network/magazine/<int:edition_id>/edit/", views.edition_edit, name="edition-edit"),
    path(
        "network/magazine/<int:edition_id>/compose/", views.edition_compose, name="edition-compose"
    ),
    path("network/magazine/<int:edition_id>/reopen/", views.edition_reopen, name="edition-reopen"),
    path(
        "network/magazine/<int:edition_id>/reprint/", views.edition_reprint, name="edition-reprint"
    ),
    path(
        "network/magazine/<int:edition_id>/publish/", views.edition_publish, name="edition-publish"
    ),
    path("network/magazine/<int:edition_id>/pdf/", views.edition_pdf, name="edition-pdf"),
    # pilots
    path("network/pilots/", views.pilot_list, name="pilot-list"),
    path("network/pilots/new/", views.pilot_new, name="pilot-new"),
    path("network/pilots/<int:pilot_id>/", views.pilot_detail, name="pilot-detail"),
    path("network/pilots/<int:pilot_id>/edit/", views.pilot_edit, name="pilot-edit"),
    path("network/pilots/<int:pilot_id>/to/<slug:to>/", views.pilot_move, name="pilot-move"),
    path("network/pilots/<int:pilot_id>/partners/new/", views.partner_add, name="partner-add"),
    path("network/partners/<int:partner_id>/remove/", views.partner_remove, name="partner-remove"),
    path("network/pilots/<int:pilot_id>/places/new/", views.place_add, name="place-add"),
    path("network/places/<int:place_id>/remove/", views.place_remove, name="place-remove"),
    # the directory of social enterprises
    path("network/enterprises/", views.entry_list, name="entry-list"),
    path("network/enterprises/<int:entry_id>/", views.entry_detail, name="entry-detail"),
    path("network/enterprises/of/<int:supplier_id>/", views.entry_keep, name="entry-keep"),
    # the board of suppliers
    path("network/board/", views.offer_list, name="offer-list"),
    path("network/board/places/", views.place_list, name="place-list"),
    path("network/board/new/<slug:kind>/", views.offer_new, name="offer-new"),
    path("network/board/<int:offer_id>/", views.offer_detail, name="offer-detail"),
    path("network/board/<int:offer_id>/edit/", views.offer_edit, name="offer-edit"),
    path("network/board/<int:offer_id>/extend/", views.offer_extend, name="offer-extend"),
    path("network/board/<int:offer_id>/withdraw/", views.offer_withdraw, name="offer-withdraw"),
    path("network/board/<int:offer_id>/answer/", views.offer_answer, name="offer-answer"),
    path("network/contacts/", views.match_list, name="match-list"),
    path("network/contacts/<int:match_id>/", views.match_detail, name="match-detail"),
    path("network/contacts/<int:match_id>/propose/", views.match_propose, name="match-propose"),
    path("network/contacts/<int:match_id>/agree/", views.match_agree, name="match-agree"),
    path("network/contacts/<int:match_id>/decline/", views.match_decline, name="match-decline"),
    path("network/contacts/<int:match_id>/path/", views.match_path, name="match-path"),
    path("network/contacts/<int:match_id>/end/", views.match_end, name="match-end"),
    path("network/lessons/", views.lesson_list, name="lesson-list"),
    path("network/lessons/new/", views.lesson_new, name="lesson-new"),
    path("network/lessons/<int:lesson_id>/", views.lesson_detail, name="lesson-detail"),
    path("network/lessons/<int:lesson_id>/edit/", views.lesson_edit, name="lesson-edit"),
    path("network/lessons/<int:lesson_id>/to/<slug:to>/", views.lesson_judge, name="lesson-judge"),
    path("network/lessons/<int:lesson_id>/change/", views.change_name, name="change-name"),
    path("network/obstacles/", views.obstacle_list, name="obstacle-list"),
    path("network/obstacles/<int:obstacle_id>/", views.obstacle_detail, name="obstacle-detail"),
    path(
        "network/obstacles/<int:obstacle_id>/pick-up/",
        views.obstacle_pick_up,
        name="obstacle-pick-up",
    ),
    path(
        "network/obstacles/<int:obstacle_id>/answer/",
        views.obstacle_answer,
        name="obstacle-answer",
    ),
    path(
        "network/contracts/<int:contract_id>/obstacles/new/",
        views.obstacle_report,
        name="obstacle-report",
    ),
    # the advice team
    path("network/advice/", views.advice, name="advice"),
    path("network/advice/found/", views.answers_found, name="answers-found"),
    path("network/advice/questions/", views.question_list, name="question-list"),
    path("network/advice/questions/new/", views.question_new, name="question-new"),
    path(
        "network/advice/questions/<int:question_id>/",
        views.question_detail,
        name="question-detail",
    ),
    path(
        "network/advice/questions/<int:question_id>/take/",
        views.question_take,
        name="question-take",
    ),
    path(
        "network/advice/questions/<int:question_id>/give-back/",
        views.question_give_back,
        name="question-give-back",
    ),
    path(
        "network/advice/questions/<int:question_id>/withdraw/",
        views.question_withdraw,
        name="question-withdraw",
    ),
    path(
        "network/advice/questions/<int:question_id>/again/",
        views.question_again,
        name="question-again",
    ),
    path(
        "network/advice/questions/<int:question_id>/answer/",
        views.question_answer,
        name="question-answer",
    ),
    path("network/advice/questions/<int:question_id>/on/", views.question_on, name="question-on"),
    path("network/advice/answers/new/", views.answer_new, name="answer-new"),
    path("network/advice/answers/<int:answer_id>/", views.answer_detail, name="answer-detail"),
    path("network/advice/answers/<int:answer_id>/edit/", views.answer_edit, name="answer-edit"),
    path(
        "network/advice/answers/<int:answer_id>/publish/",
        views.answer_publish,
        name="answer-publish",
    ),
    path(
        "network/advice/answers/<int:answer_id>/withdraw/",
        views.answer_withdraw,
        name="answer-withdraw",
    ),
    # the learning formula
    path("network/learning/", views.learning, name="learning"),
    path("network/learning/export/<str:kind>/", views.learning_export, name="learning-export"),
    path("network/learning/mine/", views.my_learning, name="my-learning"),
    path("network/learning/steps/new/", views.learning_step_new, name="learning-step-new"),
    path(
        "network/learning/steps/<int:step_id>/",
        views.learning_step_detail,
        name="learning-step-detail",
    ),
    path(
        "network/learning/steps/<int:step_id>/edit/",
        views.learning_step_edit,
        name="learning-step-edit",
    ),
    path(
        "network/learning/steps/<int:step_id>/retire/",
        views.learning_step_retire,
        name="learning-step-retire",
    ),
    path(
        "network/learning/steps/<int:step_id>/restore/",
        views.learning_step_restore,
        name="learning-step-restore",
    ),
    path(
        "network/pilots/<int:pilot_id>/learning/new/",
        views.reflection_on_pilot,
        name="reflection-on-pilot",
    ),
    path(
        "network/contracts/<int:contract_id>/learning/new/",
        views.reflection_on_contract,
        name="reflection-on-contract",
    ),
    path(
        "network/learning/words/<int:reflection_id>/",
        views.reflection_detail,
        name="reflection-detail",
    ),
    path(
        "network/learning/words/<int:reflection_id>/edit/",
        views.reflection_edit,
        name="reflection-edit",
    ),
    path(
        "network/learning/words/<int:reflection_id>/share/",
        views.reflection_share,
        name="reflection-share",
    ),
    path(
        "network/learning/words/<int:reflection_id>/take-back/",
        views.reflection_take_back,
        name="reflection-take-back",
    ),
    path(
        "network/learning/words/<int:reflection_id>/remove/",
        views.reflection_remove,
        name="reflection-remove",
    ),
    path("network/quotes/words/", words.words_list, name="words-list"),
    path("network/quotes/words/<uuid:key>/", words.words_choose, name="words-choose"),
    # people, meetings, the timeline
    path("network/people/", views.professional_list, name="professional-list"),
    path("network/people/own/", views.professional_keep, name="professional-keep"),
    path(
        "network/people/<int:professional_id>/",
        views.professional_detail,
        name="professional-detail",
    ),
    path(
        "network/people/<int:professional_id>/remove/",
        views.professional_remove,
        name="professional-remove",
    ),
    path(
        "network/people/<int:professional_id>/ask/",
        views.person_question_new,
        name="person-question-new",
    ),
    path("network/people/questions/", views.person_question_list, name="person-question-list"),
    path(
        "network/people/questions/<int:question_id>/",
        views.person_question_detail,
        name="person-question-detail",
    ),
    path("network/meetings/", views.meeting_list, name="meeting-list"),
    path("network/meetings/new/", views.meeting_new, name="meeting-new"),
    path("network/meetings/<int:meeting_id>/", views.meeting_detail, name="meeting-detail"),
    path("network/meetings/<int:meeting_id>/edit/", views.meeting_edit, name="meeting-edit"),
    path("network/meetings/<int:meeting_id>/plan/", views.meeting_plan, name="meeting-plan"),
    path(
        "network/meetings/<int:meeting_id>/decline/", views.meeting_decline, name="meeting-decline"
    ),
    path("network/meetings/<int:meeting_id>/cancel/", views.meeting_cancel, name="meeting-cancel"),
    path("network/meetings/<int:meeting_id>/report/", views.meeting_report, name="meeting-report"),
    path(
        "network/meetings/<int:meeting_id>/sign-up/", views.meeting_sign_up, name="meeting-sign-up"
    ),
    path(
        "network/meetings/<int:meeting_id>/sign-off/",
        views.meeting_sign_off,
        name="meeting-sign-off",
    ),
    path(
        "network/meetings/<int:meeting_id>/meeting.ics",
        views.meeting_calendar,
        name="meeting-calendar",
    ),
    path("network/milestones/", views.milestone_list, name="milestone-list"),
    path("network/milestones/new/", views.milestone_new, name="milestone-new"),
    path("network/milestones/<int:milestone_id>/", views.milestone_detail, name="milestone-detail"),
    path(
        "network/milestones/<int:milestone_id>/edit/", views.milestone_edit, name="milestone-edit"
    ),
    path(
        "network/milestones/<int:milestone_id>/publish/",
        views.milestone_publish,
        name="milestone-publish",
    ),
    path(
        "network/milestones/<int:milestone_id>/withdraw/",
        views.milestone_withdraw,
        name="milestone-withdraw",
    ),
    path(
        "network/magazine/<int:edition_id>/release/", views.edition_release, name="edition-release"
    ),
    path(
        "network/magazine/<int:edition_id>/take-back/",
        views.edition_take_back,
        name="edition-take-back",
    ),
    path("timeline/", views.timeline, name="timeline"),
    path("timeline/feed.json", views.timeline_file, name="timeline-file"),
    path("magazine/", views.public_magazine, name="public-magazine"),
    path("magazine/<int:number>/pdf/", views.public_edition, name="public-edition"),
    # for everybody
    path("places/", views.public_place_list, name="public-place-list"),
]
