"""A run every night, never two at once. Put this file into Airflow's folder of DAGs."""

from datetime import datetime, timedelta

from airflow import DAG
from airflow.operators.bash import BashOperator

with DAG(
    dag_id="@NAME@",
    schedule="@CRON@",
    start_date=datetime(2026, 1, 1),
    catchup=False,
    max_active_runs=1,
) as dag:
    # The same command goes on where it was: a second try makes nothing twice.
    BashOperator(
        task_id="run",
        bash_command="@FOLDER@/submit.sh @OPTIONS@ @COMMAND@",
        retries=@RETRIES@,
        retry_delay=timedelta(seconds=@RETRY_SECONDS@),
    )
