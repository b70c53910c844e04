-- In which order a post visits the subjects of a round: its own convenience, no part of the journal.
CREATE TABLE "visit_orders" (
    "round_id" TEXT NOT NULL,
    "post" TEXT NOT NULL,
    "subjects" TEXT[],

    CONSTRAINT "visit_orders_pkey" PRIMARY KEY ("round_id","post")
);
GRANT SELECT, INSERT, UPDATE, DELETE ON "visit_orders" TO zhaodan_app;
