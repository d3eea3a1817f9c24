#!/bin/sh
# A course from nothing to grades: made, generated for 24 students, answered as students would, graded.
set -eu
course=demo-course
students=24
rm -rf "$course"

echo "── A course"
fieldmark init "$course"
cd "$course"
{
    echo "id,first_name,last_name,email"
    seq -f "student%02g,,," 1 $students
} > roster.csv

echo "── An assignment, one notebook per student"
fieldmark generate hw1

echo "── The class hands in"
fieldmark rehearse hw1

echo "── Grading"
fieldmark grade hw1
fieldmark export hw1 --to grades.csv

echo "── Worth opening"
for file in release/student01/hw1/hw1.ipynb instructor/hw1/student01.ipynb feedback/student03/hw1/hw1.html \
    reports/hw1.html grades.csv gradebook.db; do
    test -f "$file" || { echo "demo: $course/$file is missing" >&2; exit 1; }
    echo "  $course/$file"
done
