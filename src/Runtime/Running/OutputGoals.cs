using Unroll.Arguments;
using Unroll.Compiled;

namespace Unroll.Running;

/// <summary>From what <c>Compile</c> is given to the goal of each output.</summary>
internal static class OutputGoals
{
    public static OutputGoal[] Of(
        NetworkDescription network, IReadOnlyList<Loss> losses, IReadOnlyList<float>? lossWeights, IReadOnlyList<OutputMetrics>? metrics)
    {
        RequireCount(network, losses.Count, "loss", nameof(losses));
        RequireCount(network, lossWeights?.Count ?? network.Outputs.Count, "weight", nameof(lossWeights));
        RequireCount(network, metrics?.Count ?? network.Outputs.Count, "list of metrics", nameof(metrics));
        var goals = new OutputGoal[network.Outputs.Count];
        int targetOffset = 0;
        for (int i = 0; i < goals.Length; i++)
        {
            OutputDescription output = network.Outputs[i];
            _ = losses[i] ?? throw new ArgumentNullException(nameof(losses), $"losses[{i}] is null.");
            float weight = lossWeights?[i] ?? 1f;
            if (!(weight >= 0f) || !float.IsFinite(weight))
            {
                throw new ArgumentException(
                    $"A loss weight must be finite and not negative, but that of output {output.Name} is {weight}.", nameof(lossWeights));
            }

            string prefix = goals.Length == 1 ? "" : output.Name + "_";
            goals[i] = new OutputGoal(output, losses[i], weight, [.. metrics?[i] ?? []], prefix) { TargetOffset = targetOffset };
            targetOffset += goals[i].TargetSize;
        }

        RequireLossNames(goals);
        RequireDistinct(goals);
        return goals;
    }

    private static void RequireCount(NetworkDescription network, int count, string what, string argument)
    {
        if (count != network.Outputs.Count)
        {
            string names = string.Join(", ", network.Outputs.Select(static output => output.Name));
            throw new ArgumentException(
                $"{network.Name} has {network.Outputs.Count} outputs ({names}) and needs one {what} for each, but got {count}.", argument);
        }
    }

    private static void RequireLossNames(OutputGoal[] goals)
    {
        foreach (OutputGoal goal in goals)
        {
            if (IsOfValidation(goal.LossName))
            {
                throw new ArgumentException(
                    $"The loss of output {goal.Output.Name} would be called '{NameList.Shortened(goal.LossName)}', "
                    + "but val_ is what stands before the values of the validation. Give the output another name.",
                    "losses");
            }
        }
    }

    private static bool IsOfValidation(string name) => name.StartsWith("val_", StringComparison.Ordinal);

    private static void RequireDistinct(OutputGoal[] goals)
    {
        var names = new HashSet<string>(goals.Length == 1 ? [] : goals.Select(static goal => goal.LossName)) { "loss" };
        foreach (string name in goals.SelectMany(static goal => goal.MetricNames))
        {
            if (!names.Add(name))
            {
                throw new ArgumentException(
                    $"There are two metrics named '{NameList.Shortened(name)}', the loss counted. Give one a Name of its own.", "metrics");
            }

            if (name is "epoch" or "learning_rate")
            {
                throw new ArgumentException($"A metric cannot be named '{name}': callbacks write that of their own.", "metrics");
            }

            if (IsOfValidation(name))
            {
                throw new ArgumentException(
                    $"A metric cannot be named '{NameList.Shortened(name)}': val_ is what stands before the values of the validation.", "metrics");
            }
        }

        var seen = new HashSet<Metric>(ReferenceEqualityComparer.Instance);
        foreach (Metric metric in goals.SelectMany(static goal => goal.Metrics))
        {
            if (!seen.Add(metric))
            {
                throw new ArgumentException(
                    $"The metric '{metric.Name}' watches two outputs: it would mix what it sees of both. Give each an instance of its own.", "metrics");
            }
        }
    }
}
