//! Alarms of `CloudWatch`, as a template of `CloudFormation`.

use std::fmt::Write as _;

use super::threshold::{Threshold, quoted};

const HEAD: &str = "\
# Alarms for the numbers of `unstuck probe`, made by `unstuck export cloudformation`.
# The CloudWatch agent has to scrape /metrics into the namespace below, with the label source as its only dimension.
# Tried with cfn-lint 1.58. Not tried: a real account. What to do when one fires: docs/playbook.md.
AWSTemplateFormatVersion: '2010-09-09'
Description: Alarms for AI sources that unstuck probe watches
Parameters:
  Namespace:
    Type: String
    Default: Unstuck
  TopicArn:
    Type: String
    Description: The SNS topic that is told
Resources:
";

pub(super) fn write(thresholds: &[Threshold]) -> String {
    let mut text = HEAD.to_owned();
    for (at, threshold) in thresholds.iter().enumerate() {
        let name = threshold.identifier(at);
        let (source, failures) = (threshold.quoted(), threshold.failures);
        // An alarm looks at whole minutes.
        let minutes = threshold.interval_s.div_ceil(60);
        let alarms = [
            (
                "Failing",
                "unstuck_probe_consecutive_failures",
                "GreaterThanOrEqualToThreshold",
                "Maximum",
                minutes * 60,
                u64::from(failures),
                "notBreaching",
                format!(
                    "{}: {failures} runs in a row were not answered as expected",
                    threshold.name
                ),
            ),
            (
                "Silent",
                "unstuck_probe_attempts_total",
                "LessThanThreshold",
                "SampleCount",
                minutes * 4 * 60,
                1,
                "breaching",
                format!("{}: its probe does not run", threshold.name),
            ),
        ];
        for (kind, metric, operator, statistic, period, limit, missing, about) in alarms {
            // Writing to a text cannot fail.
            let _ = write!(
                text,
                "  {name}{kind}:
    Type: AWS::CloudWatch::Alarm
    Properties:
      AlarmDescription: {}
      Namespace: !Ref Namespace
      MetricName: {metric}
      Dimensions:
        - Name: source
          Value: {source}
      Statistic: {statistic}
      Period: {period}
      EvaluationPeriods: 1
      Threshold: {limit}
      ComparisonOperator: {operator}
      TreatMissingData: {missing}
      AlarmActions: [!Ref TopicArn]
      OKActions: [!Ref TopicArn]
",
                quoted(&about)
            );
        }
    }
    text
}
