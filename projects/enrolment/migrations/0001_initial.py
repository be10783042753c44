import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import foundation_site.core.personal
import modelcluster.fields
import phonenumber_field.modelfields
import projects.enrolment.validators
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Course',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=60, unique=True, verbose_name='short name')),
                ('label', models.CharField(help_text='As staff call it; readers see their own language, if given below.', max_length=150, verbose_name='name, in Italian')),
                ('kind', models.CharField(choices=[('italian', 'Italian'), ('mother_tongue', 'Mother tongue of a community'), ('foreign_language', 'Foreign language for all'), ('mothers', 'Course for mothers'), ('a2_test', 'Preparation for the A2 test'), ('civic', 'Civic orientation'), ('other', 'Other')], max_length=20, verbose_name='kind')),
                ('language', models.CharField(blank=True, help_text='Code, as ar; mul for several; empty if no language is taught.', max_length=3, verbose_name='language taught')),
                ('level', models.CharField(choices=[('literacy', 'literacy: learning to read and write'), ('pre_A1', 'before A1'), ('A1', 'A1'), ('A2', 'A2'), ('B1', 'B1'), ('B2', 'B2'), ('mixed', 'mixed levels'), ('not_by_level', 'not by level')], default='not_by_level', max_length=20, verbose_name='level')),
                ('age_from', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='from age')),
                ('age_to', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='to age')),
            ],
            options={
                'verbose_name': 'course',
                'verbose_name_plural': 'courses',
                'ordering': ['label'],
                'constraints': [models.CheckConstraint(condition=models.Q(('age_to__isnull', True), ('age_to__gte', models.F('age_from')), _connector='OR'), name='course_ages_in_order')],
            },
        ),
        migrations.CreateModel(
            name='Edition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('course', 'Course'), ('event', 'Event'), ('trip', 'Journey'), ('programme', 'Programme of others')], default='course', max_length=20, verbose_name='kind')),
                ('slug', models.SlugField(help_text='Stands in the address of the form.', max_length=60, unique=True, validators=[projects.enrolment.validators.validate_edition_slug], verbose_name='short name')),
                ('label', models.CharField(help_text='What tells this edition from the others: Adults, evening.', max_length=150, verbose_name='name, in Italian')),
                ('status', models.CharField(choices=[('draft', 'draft'), ('published', 'published'), ('cancelled', 'cancelled')], default='draft', max_length=10, verbose_name='state')),
                ('enrolment', models.CharField(choices=[('none', 'no enrolment: just come'), ('arrival', 'enrolment, places in order of arrival'), ('draw', 'enrolment, places by draw')], default='arrival', max_length=10, verbose_name='enrolment')),
                ('places', models.PositiveSmallIntegerField(blank=True, help_text='Empty: no limit. When you raise it, those who wait are offered the new places.', null=True, verbose_name='places')),
                ('minimum', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='fewest to start')),
                ('party_max', models.PositiveSmallIntegerField(default=1, help_text='More than one: a parent with children, or friends; they get a place together or not at all.', validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(10)], verbose_name='people in one request')),
                ('draws_at', models.DateTimeField(blank=True, help_text='Only for places by draw; not before enrolment closes.', null=True, verbose_name='draw')),
                ('opens_at', models.DateTimeField(blank=True, help_text='Empty: as soon as it is published.', null=True, verbose_name='enrolment opens')),
                ('closes_at', models.DateTimeField(blank=True, help_text='Empty: when the last meeting ends.', null=True, verbose_name='enrolment closes')),
                ('offer_days', models.PositiveSmallIntegerField(default=3, help_text='How long a freed place is kept for the person it is offered to.', validators=[django.core.validators.MinValueValidator(1)], verbose_name='days to answer an offer')),
                ('age_from', models.PositiveSmallIntegerField(blank=True, help_text='On the day of the first meeting.', null=True, verbose_name='from age')),
                ('age_to', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='to age')),
                ('fee', models.CharField(choices=[('free', 'free'), ('amount', 'an amount')], default='free', max_length=10, verbose_name='fee')),
                ('fee_amount', models.DecimalField(blank=True, decimal_places=2, max_digits=7, null=True, verbose_name='amount in euro')),
                ('venue_name', models.CharField(blank=True, max_length=150, verbose_name='venue')),
                ('venue_address', models.CharField(blank=True, max_length=250, verbose_name='address')),
                ('venue_step_free', models.CharField(blank=True, choices=[('', 'not known'), ('yes', 'reachable without steps'), ('partly', 'partly reachable without steps'), ('no', 'steps on the way')], default='', max_length=10, verbose_name='access')),
                ('teacher', models.CharField(blank=True, help_text='First name; the surname only if the person agrees.', max_length=150, verbose_name='teacher')),
                ('languages', models.CharField(blank=True, help_text='Codes, as it, ar, fr.', max_length=60, validators=[projects.enrolment.validators.validate_language_codes], verbose_name='languages spoken')),
                ('time_zone', models.CharField(default='Europe/Rome', max_length=40, validators=[projects.enrolment.validators.validate_time_zone], verbose_name='time zone')),
                ('course', models.ForeignKey(blank=True, help_text='Empty for an event or a journey.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='editions', to='enrolment.course', verbose_name='course')),
            ],
            options={
                'verbose_name': 'edition',
                'verbose_name_plural': 'editions',
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='Draw',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sealed_secret', models.CharField(help_text='encrypted: who reads the database before the draw does not know it', max_length=200)),
                ('commitment', models.CharField(help_text='SHA-256 of the secret', max_length=64)),
                ('committed_at', models.DateTimeField()),
                ('listed', models.TextField(blank=True, help_text='a party a line: draw code, people, group; in order of the codes')),
                ('fingerprint', models.CharField(blank=True, help_text='SHA-256 of the list', max_length=64)),
                ('frozen_at', models.DateTimeField(blank=True, null=True)),
                ('secret', models.CharField(blank=True, max_length=64)),
                ('places', models.PositiveSmallIntegerField(blank=True, help_text='that there were to give', null=True)),
                ('gone', models.TextField(blank=True, help_text='codes that withdrew between the closing of the list and the draw')),
                ('drawn_at', models.DateTimeField(blank=True, null=True)),
                ('edition', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='draw', to='enrolment.edition')),
            ],
        ),
        migrations.CreateModel(
            name='EditionName',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(choices=projects.enrolment.validators.site_languages, max_length=10, verbose_name='language')),
                ('text', models.CharField(max_length=150, verbose_name='name')),
                ('edition', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='names', to='enrolment.edition')),
            ],
        ),
        migrations.CreateModel(
            name='Enrolment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('entered', 'in the draw'), ('enrolled', 'enrolled'), ('waiting', 'on the waiting list'), ('offered', 'a place is offered'), ('withdrawn', 'withdrawn'), ('declined', 'place declined'), ('expired', 'offer ended without an answer'), ('lapsed', 'not confirmed in time')], max_length=10, verbose_name='state')),
                ('requested_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='asked')),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='last change')),
                ('offer_expires_at', models.DateTimeField(blank=True, null=True, verbose_name='offer ends')),
                ('confirmed_at', models.DateTimeField(blank=True, help_text='Until then the request is provisional.', null=True, verbose_name='contact confirmed')),
                ('confirm_by', models.DateTimeField(blank=True, help_text='Empty: it does not end by itself; staff call.', null=True, verbose_name='to confirm by')),
                ('contact_name', models.CharField(max_length=120, validators=[projects.enrolment.validators.validate_name], verbose_name='contact')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                ('phone', phonenumber_field.modelfields.PhoneNumberField(blank=True, max_length=128, region=None, verbose_name='phone')),
                ('language', models.CharField(choices=projects.enrolment.validators.site_languages, max_length=10, verbose_name='language of letters')),
                ('channel', models.CharField(choices=[('web', 'website'), ('desk', 'at the desk'), ('phone', 'by phone'), ('paper', 'on paper')], default='web', max_length=10, verbose_name='channel')),
                ('receipt_code', models.CharField(default=foundation_site.core.personal.new_code, max_length=8, unique=True, verbose_name='receipt code')),
                ('draw_code', models.CharField(default=foundation_site.core.personal.new_code, help_text='Stands in public lists; it opens nothing.', max_length=8, unique=True, verbose_name='code in the draw')),
                ('declared', models.JSONField(blank=True, default=list, verbose_name='declared')),
                ('group', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='group in the draw')),
                ('rank', models.PositiveIntegerField(blank=True, null=True, verbose_name='place in the draw')),
                ('request_key', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='enrolments', to='enrolment.edition', verbose_name='edition')),
            ],
            options={
                'verbose_name': 'enrolment',
                'verbose_name_plural': 'enrolments',
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='Meeting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('date', models.DateField(verbose_name='date')),
                ('starts_at', models.TimeField(verbose_name='from')),
                ('ends_at', models.TimeField(verbose_name='to')),
                ('room', models.CharField(blank=True, max_length=150, verbose_name='room')),
                ('cancelled', models.BooleanField(default=False, verbose_name='cancelled')),
                ('note', models.CharField(blank=True, max_length=250, verbose_name='note')),
                ('edition', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='meetings', to='enrolment.edition')),
            ],
            options={
                'verbose_name': 'meeting',
                'verbose_name_plural': 'meetings',
                'ordering': ['date', 'starts_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Participant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, validators=[projects.enrolment.validators.validate_name], verbose_name='name')),
                ('name_own_script', models.CharField(blank=True, max_length=120, validators=[projects.enrolment.validators.validate_name], verbose_name='name in own script')),
                ('call_me', models.CharField(blank=True, max_length=120, validators=[projects.enrolment.validators.validate_name], verbose_name='what to call')),
                ('birth_date', models.DateField(blank=True, null=True, verbose_name='date of birth')),
                ('age_band', models.CharField(blank=True, choices=[('', 'not asked'), ('adult', '18 or older, as declared')], default='', max_length=10, verbose_name='age')),
                ('person_key', models.CharField(editable=False, max_length=400)),
                ('living', models.BooleanField(default=True, editable=False)),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='participants', to='enrolment.edition')),
                ('enrolment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='participants', to='enrolment.enrolment')),
            ],
            options={
                'verbose_name': 'participant',
                'verbose_name_plural': 'participants',
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='PriorityRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('kind', models.CharField(choices=[('resident', 'people who live in the municipality'), ('turned_away', 'people who found no place last time'), ('beginner', 'people who begin'), ('continues', 'people who attended the level before'), ('member', 'people of a member association')], max_length=12, verbose_name='who')),
                ('edition', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='priorities', to='enrolment.edition')),
            ],
            options={
                'ordering': ['sort_order'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Terms',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('rules', models.JSONField(help_text='{way, people in one request, priorities, days to answer an offer, ages}')),
                ('published_at', models.DateTimeField()),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='terms', to='enrolment.edition')),
            ],
            options={
                'ordering': ['number'],
            },
        ),
        migrations.AddField(
            model_name='enrolment',
            name='terms',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='enrolment.terms'),
        ),
        migrations.CreateModel(
            name='CourseName',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(choices=projects.enrolment.validators.site_languages, max_length=10, verbose_name='language')),
                ('text', models.CharField(max_length=150, verbose_name='name')),
                ('course', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='names', to='enrolment.course')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('course', 'language'), name='one_name_per_course_and_language')],
            },
        ),
        migrations.AddConstraint(
            model_name='edition',
            constraint=models.CheckConstraint(condition=models.Q(('age_to__isnull', True), ('age_from__isnull', True), ('age_to__gte', models.F('age_from')), _connector='OR'), name='edition_ages_in_order'),
        ),
        migrations.AddConstraint(
            model_name='edition',
            constraint=models.CheckConstraint(condition=models.Q(('opens_at__isnull', True), ('closes_at__isnull', True), ('closes_at__gt', models.F('opens_at')), _connector='OR'), name='enrolment_closes_after_it_opens'),
        ),
        migrations.AddConstraint(
            model_name='edition',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('fee', 'amount'), _negated=True), ('fee_amount__isnull', False), _connector='OR'), name='a_fee_has_its_amount'),
        ),
        migrations.AddConstraint(
            model_name='edition',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('enrolment', 'draw'), _negated=True), models.Q(('closes_at__isnull', False), ('draws_at__gte', models.F('closes_at')), ('places__isnull', False)), _connector='OR'), name='a_draw_has_places_and_a_day_after_closing', violation_error_message='A draw needs a number of places, the end of enrolment, and the moment of the draw, which is not before it.'),
        ),
        migrations.AddConstraint(
            model_name='draw',
            constraint=models.CheckConstraint(condition=models.Q(('drawn_at', None), ('frozen_at__lte', models.F('drawn_at')), _connector='OR'), name='frozen_before_drawn'),
        ),
        migrations.AddConstraint(
            model_name='editionname',
            constraint=models.UniqueConstraint(fields=('edition', 'language'), name='one_name_per_edition_and_language'),
        ),
        migrations.AddConstraint(
            model_name='participant',
            constraint=models.UniqueConstraint(condition=models.Q(('living', True)), fields=('edition', 'person_key'), name='one_living_enrolment_per_person_and_edition'),
        ),
        migrations.AddConstraint(
            model_name='priorityrule',
            constraint=models.UniqueConstraint(fields=('edition', 'kind'), name='one_priority_of_a_kind_per_edition'),
        ),
        migrations.AddConstraint(
            model_name='terms',
            constraint=models.UniqueConstraint(fields=('edition', 'number'), name='one_number_per_edition_s_terms'),
        ),
        migrations.AddIndex(
            model_name='enrolment',
            index=models.Index(fields=['edition', 'state', 'id'], name='enrolment_queue'),
        ),
        migrations.AddIndex(
            model_name='enrolment',
            index=models.Index(condition=models.Q(('confirmed_at', None)), fields=['confirm_by'], name='enrolment_to_confirm'),
        ),
        migrations.AddConstraint(
            model_name='enrolment',
            constraint=models.UniqueConstraint(fields=('edition', 'request_key'), name='one_enrolment_per_sent_form'),
        ),
        migrations.AddConstraint(
            model_name='enrolment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('email', ''), _negated=True), models.Q(('phone', ''), _negated=True), _connector='OR'), name='an_email_or_a_phone'),
        ),
        migrations.AddConstraint(
            model_name='enrolment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'offered'), _negated=True), ('offer_expires_at__isnull', False), _connector='OR'), name='an_offer_has_its_end'),
        ),
    ]
