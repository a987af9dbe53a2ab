using Unroll.Numerics;

namespace Unroll.Shift;

/// <summary>A classifier learns on half of the rows to tell target from source; can it tell them on the other half?</summary>
internal static class ClassifierTest
{
    public static ClassifierTwoSampleTest Run(Dataset source, Dataset target, RandomSource random)
    {
        (Dataset sourceToLearn, Dataset sourceToJudge) = source.Split(0.5f, SeedFrom(random));
        (Dataset targetToLearn, Dataset targetToJudge) = target.Split(0.5f, SeedFrom(random));
        var classifier = new DomainClassifier(sourceToLearn, targetToLearn, random);
        (double area, double p) = MannWhitney.Test(Scores(classifier, sourceToJudge), Scores(classifier, targetToJudge));
        return new ClassifierTwoSampleTest((float)area, (float)p);
    }

    private static int SeedFrom(RandomSource random) => (int)(uint)random.NextBits();

    private static float[] Scores(DomainClassifier classifier, Dataset data)
    {
        float[] scores = new float[data.Count];
        for (int row = 0; row < scores.Length; row++)
        {
            scores[row] = (float)classifier.Logit(data.FeaturesOf(row));
        }

        return scores;
    }
}
